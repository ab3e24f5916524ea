namespace Mappings.Layouts;

/// <summary>Where a number has its sign: <c>sign:</c>.</summary>
internal enum SignPlace
{
    /// <summary>In front, when there is one.</summary>
    Leading,

    /// <summary>Behind, when there is one.</summary>
    Trailing,

    /// <summary>In the last digit, as COBOL's zoned decimals have it: <c>{ A … I</c> for +0 to +9, <c>} J … R</c> for -0 to -9; a plain digit is positive.</summary>
    Overpunch,

    /// <summary>Nowhere; a sign is an error.</summary>
    None,
}
