namespace Mappings.Mapping.Checking;

/// <summary>The kinds a value can have, as the checker tells them apart. The same distinctions as a function's signature makes.</summary>
[Flags]
internal enum TypeKinds
{
    None = 0,

    /// <summary>There may be no value at all.</summary>
    Missing = 1,
    Null = 2,
    Boolean = 4,
    Number = 8,
    Text = 16,
    Array = 32,
    Object = 64,
    Function = 128,
    Scalar = Boolean | Number | Text,
}
