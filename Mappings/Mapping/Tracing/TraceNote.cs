using Mappings.Diagnostics;

namespace Mappings.Mapping.Tracing;

/// <summary>Something that happened to a value on its way. The text is rendered when it is shown.</summary>
/// <param name="Key">The catalogue's key, such as <c>trace.lookup</c>.</param>
public sealed record TraceNote(string Key, IReadOnlyDictionary<string, string> Arguments)
{
    public override string ToString() => DiagnosticTexts.Catalog.Render(Key, Arguments);
}
