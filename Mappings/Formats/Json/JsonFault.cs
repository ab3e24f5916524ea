namespace Mappings.Formats.Json;

/// <summary>The first fault of a text.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Offset">Byte offset of the offending text.</param>
/// <param name="Other">A second offset: the opening of what is not closed, or the first of two equal names; -1 when there is none.</param>
/// <param name="InObject">True when the innermost open container is an object.</param>
internal readonly record struct JsonFault(JsonFaultKind Kind, int Offset, int Other, bool InObject);
