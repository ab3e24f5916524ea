namespace Mappings.Expressions.Runtime;

/// <summary>How a <see cref="Value"/> holds its content. The kinds stand in runs, so that a kind test is a range test.</summary>
internal enum Tag : byte
{
    Missing,
    Null,
    False,
    True,
    Decimal,
    Double,
    Big,
    RawNumber,
    TapeText,
    String,
    TapeArray,
    Seq,
    TapeObject,
    Map,
    Function,

    /// <summary>A call in tail position that its caller still has to make; never seen outside the call loop.</summary>
    TailCall,
}
