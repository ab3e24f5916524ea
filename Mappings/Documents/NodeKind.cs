namespace Mappings.Documents;

/// <summary>What a node of a <see cref="Tape"/> is.</summary>
public enum NodeKind : byte
{
    Null,
    False,
    True,
    Number,
    Text,
    Array,
    Object,

    /// <summary>A member name; it stands directly before its value.</summary>
    Name,
}
