namespace Mappings.Mapping.Checking;

/// <summary>Something a field's value can depend on.</summary>
/// <param name="Name">A path in the record, or a name without the dollar sign.</param>
internal readonly record struct Read(ReadKind Kind, string Name);

/// <summary>What a <see cref="Read"/> reads.</summary>
internal enum ReadKind
{
    /// <summary>A member of the record.</summary>
    Path,

    /// <summary>A <c>let</c>, or a variable from outside.</summary>
    Variable,

    /// <summary>A lookup table, by <c>$table</c>.</summary>
    Table,

    /// <summary>Clock or chance.</summary>
    Function,
}
