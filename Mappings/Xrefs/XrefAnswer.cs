namespace Mappings.Xrefs;

/// <summary>What is known of a key: its id, that there is none, or nothing yet.</summary>
public readonly record struct XrefAnswer
{
    private XrefAnswer(string? target, bool isAbsent)
    {
        Target = target;
        IsAbsent = isAbsent;
    }

    /// <summary>Nobody has been asked yet; the default.</summary>
    public static XrefAnswer Unknown => default;

    /// <summary>The identity map has no such entry.</summary>
    public static XrefAnswer Absent { get; } = new(null, true);

    /// <summary>The id; null when there is none or nobody has been asked.</summary>
    public string? Target { get; }

    public bool IsAbsent { get; }

    public static XrefAnswer Of(string? target) => target is null ? Absent : new XrefAnswer(target, false);
}
