namespace Mappings.Formats.Json;

/// <summary>What stopped the scanner; put into words by <see cref="JsonFaults"/>, away from the hot path.</summary>
internal enum JsonFaultKind
{
    None,
    Value,
    Name,
    Colon,
    CommaOrEnd,
    End,
    Literal,
    Number,
    Escape,
    Surrogate,
    Control,
    Unterminated,
    Duplicate,
    Depth,
    Digits,
    Exponent,
    Nodes,
}
