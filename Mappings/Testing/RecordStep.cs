namespace Mappings.Testing;

/// <summary>One step of a <see cref="RecordPath"/>.</summary>
/// <param name="Name">The member's name; null for a position in a list.</param>
/// <param name="Position">The position in the list, from 0.</param>
internal readonly record struct RecordStep(string? Name, int Position);
