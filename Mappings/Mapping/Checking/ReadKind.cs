namespace Mappings.Mapping.Checking;

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
