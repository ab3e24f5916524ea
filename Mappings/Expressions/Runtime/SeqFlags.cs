namespace Mappings.Expressions.Runtime;

/// <summary>What kind of list a <see cref="Seq"/> is, as JSONata tells them apart.</summary>
[Flags]
internal enum SeqFlags : byte
{
    /// <summary>An array that somebody spelt out: it never turns into its only element.</summary>
    None = 0,

    /// <summary>The result of a path or filter: empty is missing, one element is that element.</summary>
    Sequence = 1,

    /// <summary>A sequence marked by <c>[]</c>: one element stays a list.</summary>
    KeepSingleton = 2,

    /// <summary>An array constructor that is a path step: it is one item of the path's result, not several.</summary>
    Cons = 4,

    /// <summary>The one-element wrapper around an input document that is itself an array.</summary>
    OuterWrapper = 8,
}
