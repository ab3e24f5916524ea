namespace Mappings.Mapping;

/// <summary>The types by the words of mapping files.</summary>
internal static class ValueTypes
{
    private static readonly (string Word, ValueType Type)[] All =
    [
        ("text", ValueType.Text), ("integer", ValueType.Integer), ("decimal", ValueType.Decimal), ("number", ValueType.Number),
        ("boolean", ValueType.Boolean), ("date", ValueType.Date), ("time", ValueType.Time), ("datetime", ValueType.DateTime), ("instant", ValueType.Instant), ("binary", ValueType.Binary),
    ];

    public static IEnumerable<string> Words => All.Select(t => t.Word);

    public static ValueType Parse(string? word) => word is null ? ValueType.Any : Array.Find(All, t => t.Word == word).Type;

    public static string Word(ValueType type) => Array.Find(All, t => t.Type == type).Word ?? "any";

    public static bool IsTemporal(ValueType type) => type is ValueType.Date or ValueType.Time or ValueType.DateTime or ValueType.Instant;

    public static bool IsNumber(ValueType type) => type is ValueType.Integer or ValueType.Decimal or ValueType.Number;
}
