namespace Mappings.Expressions;

/// <summary>The types of JSONata. Missing (no value at all) and null are two things.</summary>
public enum ValueKind : byte
{
    Missing,
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
    Function,
}
