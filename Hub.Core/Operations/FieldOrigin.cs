using Mappings.Diagnostics;
using Mappings.Mapping.Tracing;

namespace Hub.Core.Operations;

/// <summary>Where the value of one field came from, or why it has none. Rendered in the language of the reader.</summary>
public sealed record FieldOrigin
{
    /// <summary>The field with its positions in lists; of a let its name with <c>$</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What was written, as JSON; null when nothing was.</summary>
    public string? Value { get; init; }

    /// <summary>The path, expression or constant in the mapping.</summary>
    public required string Text { get; init; }

    /// <summary><c>file:line:column</c> of it.</summary>
    public required string Mapping { get; init; }

    public IReadOnlyList<ValueOrigin> Sources { get; init; } = [];

    /// <summary>How many more values took part.</summary>
    public int MoreSources { get; init; }

    /// <summary>What happened on the way, in order.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why there is no value, and warnings.</summary>
    public IReadOnlyList<FindingView> Findings { get; init; } = [];

    /// <param name="shown">Turns places into what the reader can open.</param>
    /// <param name="mask">Hides secrets in values.</param>
    public static FieldOrigin Of(FieldTrace trace, Func<SourcePosition, SourcePosition>? shown = null, Func<string, string>? mask = null)
    {
        ArgumentNullException.ThrowIfNull(trace);
        shown ??= static at => at;
        mask ??= static text => text;
        return new FieldOrigin
        {
            Path = trace.Path,
            Value = trace.Value is { } value ? mask(value) : null,
            Text = trace.Text,
            Mapping = shown(trace.Mapping).ToString(),
            Sources = [.. trace.Sources.Select(source => new ValueOrigin(source.Path, source.Value is { } read ? mask(read) : null, source.At?.ToString()))],
            MoreSources = trace.MoreSources,
            Notes = [.. trace.Notes.Select(note => mask(note.ToString()))],
            Findings = [.. trace.Findings.Select(FindingView.Of).Select(finding => finding with { Text = mask(finding.Text) })],
        };
    }
}
