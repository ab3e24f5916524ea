using Mappings.Diagnostics;

namespace Mappings.Mapping.Tracing;

/// <summary>A value that took part in another one.</summary>
/// <param name="Path">Its path in the input, such as <c>lines[2].price</c>; of what was computed its name or text, such as <c>$net</c>.</param>
/// <param name="Value">The value as findings show it; null when there is none.</param>
/// <param name="At">Its place in the input; null for what was computed and for what is not there.</param>
public sealed record TraceSource(string Path, string? Value, SourcePosition? At);
