namespace Mappings.Contracts;

/// <summary>
/// What a text is the written form of: JSON Schema's <c>format</c>, as far as the hub checks it, and the numbers and truth
/// values that CSV and XML carry as text.
/// </summary>
public enum ContractFormat
{
    None,

    /// <summary>A day that exists, as <c>2024-02-29</c>.</summary>
    Date,

    /// <summary>A moment with its offset, as <c>2024-02-29T08:00:00+08:00</c> or with <c>Z</c>.</summary>
    DateTime,

    /// <summary>Digits, with a sign or without: <c>-12</c>.</summary>
    Integer,

    /// <summary>A number with a point or without: <c>12.50</c>.</summary>
    Decimal,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
}
