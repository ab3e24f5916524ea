namespace Hub.Core.Operations;

/// <summary>Where the values of one document come from.</summary>
/// <param name="Mapping">The mapping that makes it.</param>
/// <param name="Part">The part of a split message, from 0; null for the whole.</param>
/// <param name="Fields">The lets, then the fields in the order of the document.</param>
/// <param name="IsCut">True when the document has more fields than are told.</param>
public sealed record MappingOrigins(string Mapping, int? Part, IReadOnlyList<FieldOrigin> Fields, bool IsCut);
