using Mappings.Diagnostics;

namespace Mappings.Mapping.Provenance;

/// <summary>One thing on the way of a value, or behind it.</summary>
/// <param name="Kind">What it is, in the words of the mapping language: <c>each</c>, <c>let</c>, <c>map</c>, <c>lookup</c>, <c>xref</c>, <c>table</c>, <c>function</c>, <c>variable</c>, <c>check</c>, <c>key</c>, <c>identity</c>.</param>
/// <param name="Name">Its name; of <c>each</c> the list as it is written.</param>
/// <param name="Text">The expression behind a let or check; null for the rest.</param>
/// <param name="At">Where it stands; none for what stands outside the mapping.</param>
public sealed record ProvenanceLink(string Kind, string Name, string? Text, SourcePosition At);
