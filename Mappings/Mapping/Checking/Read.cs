namespace Mappings.Mapping.Checking;

/// <summary>Something a field's value can depend on.</summary>
/// <param name="Name">A path in the record, or a name without the dollar sign.</param>
internal readonly record struct Read(ReadKind Kind, string Name);
