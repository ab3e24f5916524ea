namespace Mappings.Expressions;

/// <summary>
/// The special ways the compiler takes where it knows more than the general way does. Each gives what the general way
/// gives: the public suite runs with all, with none, and with each alone.
/// </summary>
[Flags]
internal enum Shortcuts
{
    None = 0,

    /// <summary>A path of names over objects builds no sequences.</summary>
    PlainPaths = 1 << 0,

    /// <summary>A text compared with a constant is compared byte by byte.</summary>
    TextEquality = 1 << 1,

    /// <summary>An object whose names are constants and differ needs no grouping.</summary>
    ConstantNames = 1 << 2,

    /// <summary>A function of the library is called without being looked up, its arguments stay on the stack.</summary>
    KnownFunctions = 1 << 3,

    /// <summary><c>a &amp; b &amp; c</c> makes one text, none in between.</summary>
    Concatenations = 1 << 4,

    /// <summary>A block whose variables no function can keep puts them beside those of the function around it.</summary>
    SharedVariables = 1 << 5,

    /// <summary>A comparison with <c>true</c> or <c>false</c> looks at the kind of the value only.</summary>
    BooleanEquality = 1 << 6,

    /// <summary>Arithmetic on numbers of few digits stays in registers; it needs <see cref="PlainPaths"/> for all but constants.</summary>
    Registers = 1 << 7,

    All = (1 << 8) - 1,
}
