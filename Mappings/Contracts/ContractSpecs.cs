using Mappings.Yaml;

namespace Mappings.Contracts;

/// <summary>The keys of a contract file: a subset of JSON Schema 2020-12, written in YAML.</summary>
internal static class ContractSpecs
{
    private static readonly FieldType KindWord = FieldType.OneOf("object", "array", "string", "number", "integer", "boolean", "null");

    private static ObjectSpec Samples => new(
        "samples",
        "What hub schema infer counted.",
        "seen: 40\nabsent: 3",
        [
            FieldSpec.Required("seen", FieldType.Integer(0), "Places where the value could have stood.", "40"),
            FieldSpec.Optional("absent", FieldType.Integer(0), "Those of them where it did not.", "3", "0"),
        ]);

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
            FieldSpec.Optional("format", FieldType.OneOf(ContractFormats.Words), "What a text is the written form of: a day or a moment that exists, or a number or truth value as CSV and XML carry it.", "date"),
            FieldSpec.Optional("samples", FieldType.Object(Samples), "What hub schema infer counted.", "{ seen: 40, absent: 3 }"),
        ]);

    public static ObjectSpec File { get; } = new(
        "a contract",
        "The shape a message must have.",
        "contract: erp-order\ntype: object",
        [
            FieldSpec.Required("contract", FieldType.Name, "The name pipelines and mappings use.", "erp-order"),
            FieldSpec.Optional("inferred", FieldType.Boolean, "Made from samples, which may not show everything: a path that is not in it is a warning, not an error.", "true", "false"),
            .. Shape.Fields,
        ]);
}
