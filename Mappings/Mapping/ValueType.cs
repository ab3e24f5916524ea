namespace Mappings.Mapping;

/// <summary>The type a field's value has in the target document.</summary>
public enum ValueType
{
    /// <summary>Whatever the source has.</summary>
    Any,
    Text,

    /// <summary>A whole number of any length.</summary>
    Integer,

    /// <summary>A number that is exact; one that fell to binary is an error.</summary>
    Decimal,

    /// <summary>A number, exact or binary.</summary>
    Number,
    Boolean,
    Date,
    Time,
    DateTime,
    Instant,

    /// <summary>Bytes, written as base64.</summary>
    Binary,
}
