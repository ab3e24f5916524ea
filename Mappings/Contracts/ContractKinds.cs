namespace Mappings.Contracts;

/// <summary>The kinds of value a contract allows; JSON Schema's <c>type</c>. Integer is a number without a fraction.</summary>
[Flags]
public enum ContractKinds
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    Text = 16,
    Array = 32,
    Object = 64,
    Any = 127,
}
