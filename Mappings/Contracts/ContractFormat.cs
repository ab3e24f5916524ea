namespace Mappings.Contracts;

/// <summary>JSON Schema's <c>format</c>, as far as the hub checks it.</summary>
public enum ContractFormat
{
    None,

    /// <summary>A day that exists, as <c>2024-02-29</c>.</summary>
    Date,

    /// <summary>A moment with its offset, as <c>2024-02-29T08:00:00+08:00</c> or with <c>Z</c>.</summary>
    DateTime,
}
