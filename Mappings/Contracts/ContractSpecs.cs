using Mappings.Yaml;

namespace Mappings.Contracts;

/// <summary>The keys of a contract file: a subset of JSON Schema 2020-12, written in YAML.</summary>
internal static class ContractSpecs
{
    private static readonly FieldType KindWord = FieldType.OneOf("object", "array", "string", "number", "integer", "boolean", "null");

    public static ObjectSpec Shape { get; } = new(
        "a contract's value",
        "What one value of a message may be; JSON Schema's words with JSON Schema's meaning.",
        "type: string\nminLength: 1",
        [
            FieldSpec.Optional("type", FieldType.ListOrOne(KindWord, 1), "The kinds of value that are allowed; all, when left out.", "[ string, null ]"),
            FieldSpec.Optional("title", FieldType.Text, "A short name for people.", "Order number"),
            FieldSpec.Optional("description", FieldType.Text, "What the value means.", "Number of the order"),
            FieldSpec.Optional("properties", FieldType.MapOf(FieldType.Any), "The members of an object.", "{ orderNo: { type: string } }"),
            FieldSpec.Optional("required", FieldType.List(FieldType.Text), "The members that must be there.", "[ orderNo ]"),
            FieldSpec.Optional("additionalProperties", FieldType.Boolean, "Whether other members may be there; true when left out.", "false"),
            FieldSpec.Optional("items", FieldType.Any, "What each element of an array may be.", "{ type: string }"),
            FieldSpec.Optional("minItems", FieldType.Integer(0, int.MaxValue), "The least count of elements.", "1"),
            FieldSpec.Optional("maxItems", FieldType.Integer(0, int.MaxValue), "The greatest count of elements.", "500"),
            FieldSpec.Optional("enum", FieldType.List(FieldType.Scalar, 1), "The only values that are allowed.", "[ OPEN, CLOSED ]"),
            FieldSpec.Optional("pattern", FieldType.Text, "A regular expression that must be found in the text; ^ and $ tie it to the ends.", "\"^SO-[0-9]{5}$\""),
            FieldSpec.Optional("minLength", FieldType.Integer(0, int.MaxValue), "The least count of characters.", "1"),
            FieldSpec.Optional("maxLength", FieldType.Integer(0, int.MaxValue), "The greatest count of characters.", "200"),
            FieldSpec.Optional("minimum", FieldType.Decimal(), "The least number.", "0"),
            FieldSpec.Optional("maximum", FieldType.Decimal(), "The greatest number.", "1"),
            FieldSpec.Optional("format", FieldType.OneOf("date", "date-time"), "A text that is a day or a moment that exists.", "date"),
        ]);

    public static ObjectSpec File { get; } = new(
        "a contract",
        "The shape a message must have.",
        "contract: erp-order\ntype: object",
        [FieldSpec.Required("contract", FieldType.Name, "The name pipelines and mappings use.", "erp-order"), .. Shape.Fields]);
}
