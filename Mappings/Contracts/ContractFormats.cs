namespace Mappings.Contracts;

/// <summary>The formats by the words of contract files.</summary>
internal static class ContractFormats
{
    private static readonly (string Word, ContractFormat Format)[] All =
    [
        ("date", ContractFormat.Date), ("date-time", ContractFormat.DateTime), ("integer", ContractFormat.Integer), ("decimal", ContractFormat.Decimal), ("boolean", ContractFormat.Boolean),
    ];

    public static string[] Words => [.. All.Select(f => f.Word)];

    public static ContractFormat Parse(string? word) => word is null ? ContractFormat.None : Array.Find(All, f => f.Word == word).Format;

    /// <summary>The word of a format; null for none.</summary>
    public static string? Word(ContractFormat format) => Array.Find(All, f => f.Format == format).Word;
}
