using System.Globalization;

namespace Mappings.Diagnostics;

/// <summary>
/// One thing that is wrong, with its place. Every part of the hub reports in this shape: the configuration loader,
/// the mapping checker, a message that could not be read or mapped, and a delivery that failed. The text is rendered
/// from the catalogue when it is shown, so one finding can be read in English and in Chinese.
/// </summary>
public sealed record Finding
{
    /// <summary>Stable code, such as <c>MAP201</c>; listed in docs/diagnostics.md. A code never changes its meaning.</summary>
    public required string Code { get; init; }

    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>Where the user has to look first: the configuration or mapping file for static findings, the input for data.</summary>
    public SourcePosition At { get; init; } = SourcePosition.None;

    /// <summary>Length of the marked text in characters; 0 when no text is marked.</summary>
    public int Length { get; init; }

    /// <summary>Path inside the document, such as <c>items[].productId</c>; empty when there is none.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Values for the placeholders of the catalogue's text, by name.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = EmptyArguments;

    /// <summary>For data findings: the line of the mapping that produced the value.</summary>
    public SourcePosition? Mapping { get; init; }

    private static readonly IReadOnlyDictionary<string, string> EmptyArguments = new Dictionary<string, string>();

    public static Finding Error(string code, SourcePosition at, string path = "", params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Create(Severity.Error, code, at, path, arguments);

    public static Finding Warning(string code, SourcePosition at, string path = "", params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Create(Severity.Warning, code, at, path, arguments);

    /// <summary>What is wrong, in the language of <paramref name="culture"/> (default: the current UI culture).</summary>
    public string Message(CultureInfo? culture = null) => DiagnosticTexts.Catalog.Render(Code, Arguments, culture);

    /// <summary>What to write instead, or null when the catalogue has no advice for this code.</summary>
    public string? Fix(CultureInfo? culture = null) => DiagnosticTexts.Catalog.TryRender(Code + ".fix", Arguments, culture);

    /// <summary>What one would look up next, such as the names that exist, or null when the catalogue has nothing of it for this code.</summary>
    public string? Note(CultureInfo? culture = null) => DiagnosticTexts.Catalog.TryRender(Code + ".note", Arguments, culture);

    /// <summary>The one-line form: <c>file:line:col: error CODE: path: what is wrong</c>.</summary>
    public override string ToString() => FindingFormatter.Line(this, CultureInfo.InvariantCulture);

    private static Finding Create(Severity severity, string code, SourcePosition at, string path, ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var values = new Dictionary<string, string>(arguments.Length, StringComparer.Ordinal);
        foreach (var (name, value) in arguments) values[name] = value;
        return new Finding { Code = code, Severity = severity, At = at, Path = path, Arguments = values };
    }
}
