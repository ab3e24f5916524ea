namespace Mappings.Formats;

/// <summary>What every reader of untrusted input keeps to: the name it reports positions under, and its limits.</summary>
public sealed record ReaderOptions
{
    public static ReaderOptions Default { get; } = new();

    /// <summary>File name in findings; "message" for a body without a file.</summary>
    public string File { get; init; } = "message";

    /// <summary>Bytes of one record that is held in memory (a JSON document, a CSV row, an XML element). Default 64 MB. LIM520.</summary>
    public int MaxDocumentBytes { get; init; } = 64 << 20;

    /// <summary>Containers inside each other. Default 128. LIM521.</summary>
    public int MaxDepth { get; init; } = 128;

    /// <summary>Digits of one number. Default 1,000. LIM522.</summary>
    public int MaxNumberDigits { get; init; } = 1_000;

    /// <summary>Largest exponent of a number, either sign. Default 400. LIM523.</summary>
    public int MaxExponent { get; init; } = 400;

    /// <summary>Values and names of one record; each takes 16 bytes of memory beside its text. Default 8 million. LIM524.</summary>
    public int MaxNodes { get; init; } = 8_000_000;

    /// <summary>Bytes (as UTF-8) of one CSV field; a quote that is never closed is noticed here. Default 1 MB. LIM525.</summary>
    public int MaxFieldBytes { get; init; } = 1 << 20;
}
