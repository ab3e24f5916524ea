using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>The keys of a mapping file.</summary>
internal static class MappingSpecs
{
    private static readonly FieldType EmptyAs = FieldType.OneOf("missing", "text");
    private static readonly FieldType Null = FieldType.OneOf("omit", "keep");
    private static readonly FieldType Round = FieldType.OneOf("half-up", "half-even", "down", "up");
    private static readonly FieldType Format = FieldType.OneOf("json", "ndjson", "csv", "xml", "fixed", "edifact", "x12");

    public static ObjectSpec Source { get; } = new(
        "source",
        "Where the records come from, and what they look like.",
        "system: erp\nformat: json\ncontract: erp-order",
        [
            FieldSpec.Optional("system", FieldType.Reference(ReferenceKind.System), "The sending system.", "erp"),
            FieldSpec.Optional("format", Format, "The format of its endpoint.", "json"),
            FieldSpec.Optional("layout", FieldType.Reference(ReferenceKind.Layout), "The layout of its endpoint; without a contract, fields are checked against its record.", "bank-b2"),
            FieldSpec.Optional("encoding", FieldType.Text, "The encoding of its endpoint.", "gbk"),
            FieldSpec.Optional("bad_bytes", FieldType.OneOf("error", "replace"), "What happens to bytes outside the encoding.", "error"),
            FieldSpec.Optional("record", FieldType.Text, "The path of one record in a larger file, or the name of a record in the layout.", "/员工列表/员工"),
            FieldSpec.Optional("attributes", FieldType.Text, "The prefix of XML attributes.", "_"),
            FieldSpec.Optional("namespaces", FieldType.MapOf(FieldType.Text), "Prefixes of XML namespaces.", "{ o: \"urn:orders\" }"),
            FieldSpec.Optional("empty_as", EmptyAs, "What an empty text is; text for json, missing for all others.", "missing"),
            FieldSpec.Optional("contract", FieldType.Reference(ReferenceKind.Contract), "The contract of the records; paths are checked against it.", "erp-order"),
        ]);

    public static ObjectSpec Target { get; } = new(
        "target",
        "Where the documents go, and what they must look like.",
        "system: crm\ncontract: crm-deal",
        [
            FieldSpec.Optional("system", FieldType.Reference(ReferenceKind.System), "The receiving system.", "crm"),
            FieldSpec.Optional("format", Format, "The format of its endpoint.", "json"),
            FieldSpec.Optional("layout", FieldType.Reference(ReferenceKind.Layout), "The layout of its endpoint; without a contract, fields are checked against its record.", "bank-b2"),
            FieldSpec.Optional("encoding", FieldType.Text, "The encoding of its endpoint.", "utf-8"),
            FieldSpec.Optional("key", FieldType.Text, "The field that identifies a document in the receiving system.", "externalId"),
            FieldSpec.Optional("contract", FieldType.Reference(ReferenceKind.Contract), "The contract of the documents; fields are checked against it.", "crm-deal"),
        ]);

    public static ObjectSpec Defaults { get; } = new(
        "defaults",
        "What holds for every field that does not say otherwise.",
        "zone: Asia/Shanghai\nround: half-up",
        [
            FieldSpec.Optional("required", FieldType.Boolean, "Whether a field without a value is an error.", "true", "true"),
            FieldSpec.Optional("zone", FieldType.Text, "The time zone (IANA name) of times without an offset.", "Asia/Shanghai"),
            FieldSpec.Optional("round", Round, "How decimals are rounded.", "half-up", "half-up"),
            FieldSpec.Optional("trim", FieldType.Boolean, "Whether spaces around texts are taken away.", "true", "false"),
            FieldSpec.Optional("empty_as", EmptyAs, "What an empty text is.", "missing"),
            FieldSpec.Optional("null", Null, "Whether null is written or counts as no value.", "omit", "omit"),
        ]);

    public static ObjectSpec Check { get; } = new(
        "a check",
        "A condition the finished document must meet.",
        "name: large deal\nexpr: amount < 1000000\notherwise: warn",
        [
            FieldSpec.Required("name", FieldType.Text, "What is checked, for people.", "lines add up to the amount"),
            FieldSpec.Required("expr", FieldType.Expression, "The condition; $source is the record, the document is the input.", "amount < 1000000"),
            FieldSpec.Optional("scope", FieldType.OneOf("record", "file"), "Whether each document is checked, or the file as a whole with $records (as read) and $file; file needs mode: all-or-nothing.", "file", "record"),
            FieldSpec.Optional("otherwise", FieldType.OneOf("error", "warn"), "What happens when it is not met.", "warn", "error"),
        ]);

    public static ObjectSpec StopAfter { get; } = new(
        "stop_after",
        "How many bad records end a file; the rest of it is not accepted.",
        "errors: 50\npercent: 5",
        [
            FieldSpec.Optional("errors", FieldType.Integer(1, int.MaxValue), "More bad records than this.", "50"),
            FieldSpec.Optional("percent", FieldType.Integer(1, 100), "A greater share of bad records than this, looked at from the hundredth record on.", "5"),
        ]);

    public static ObjectSpec OnError { get; } = new(
        "on_error",
        "What happens to a record that cannot be mapped.",
        "record: dead-letter",
        [
            FieldSpec.Optional("record", FieldType.OneOf("dead-letter", "skip", "stop"), "Whether it becomes a dead letter, is skipped with a warning, or is a dead letter that ends its file.", "dead-letter", "dead-letter"),
            FieldSpec.Optional("stop_after", FieldType.Object(StopAfter), "How many bad records end a file.", "{ errors: 50 }"),
        ]);

    public static ObjectSpec Xref { get; } = new(
        "xref",
        "The value is the id of a thing in one system and becomes its id in another, by the identity map.",
        "entity: account\nfrom: erp\nto: crm\nmissing: hold",
        [
            FieldSpec.Required("entity", FieldType.Name, "What the id belongs to.", "account"),
            FieldSpec.Required("from", FieldType.Reference(ReferenceKind.System), "The system whose id the value is.", "erp"),
            FieldSpec.Required("to", FieldType.Reference(ReferenceKind.System), "The system whose id is wanted.", "crm"),
            FieldSpec.Optional(
                "missing", FieldType.OneOf("error", "hold", "create", "later"),
                "Without an entry the value is bad (error), the message waits for it (hold), the hub makes the id (create), or the field is left out and the record mapped again when the entry arrives (later).", "hold", "error"),
            FieldSpec.Optional("hold_for", FieldType.Duration, "With missing: hold, how long the message waits before it is dead; 1d when left out.", "8h"),
        ]);

    public static ObjectSpec Identity { get; } = new(
        "identity",
        "The entry of the identity map that arises when the document has reached the target system: which id there belongs to which id of the source system.",
        "entity: person\nfrom: _编号\nto: personCode",
        [
            FieldSpec.Required("entity", FieldType.Name, "What the record is; the word xref uses.", "person"),
            FieldSpec.Required("from", FieldType.Text, "The path of its id in the record.", "_编号"),
            FieldSpec.Required("to", FieldType.Text, "The path of its id in the finished document.", "personCode"),
        ]);

    public static ObjectSpec Field { get; } = new(
        "a field",
        "One field of the target document in its long form.",
        "from: header.orderDate\ntype: date",
        [
            FieldSpec.Optional("from", FieldType.Text, "The path of the value.", "header.orderNo"),
            FieldSpec.Optional("expr", FieldType.Expression, "The expression that computes the value.", "qty * price"),
            FieldSpec.Optional("const", FieldType.Scalar, "The value itself.", "CNY"),
            FieldSpec.Optional("each", FieldType.Text, "The path, or after = the expression, of a list; each element becomes one of the target.", "lines"),
            FieldSpec.Optional("fields", FieldType.Any, "The fields of an object, or of each element.", "{ no: lineNo }"),
            FieldSpec.Optional("at_least", FieldType.Integer(0, int.MaxValue), "The least count of elements.", "1"),
            FieldSpec.Optional("at_most", FieldType.Integer(0, int.MaxValue), "The greatest count of elements.", "100"),
            FieldSpec.Optional("trim", FieldType.Boolean, "Whether spaces around the text are taken away.", "true"),
            FieldSpec.Optional("empty_as", EmptyAs, "What an empty text is.", "missing"),
            FieldSpec.Optional("null", Null, "Whether null is written or counts as no value.", "keep"),
            FieldSpec.Optional("map", FieldType.MapOf(FieldType.Scalar), "What each code becomes.", "{ A: true, I: false }"),
            FieldSpec.Optional("lookup", FieldType.Reference(ReferenceKind.Lookup), "The lookup table that translates the code.", "country"),
            FieldSpec.Optional("else", FieldType.Scalar, "What a code becomes that the map or lookup does not have.", "open"),
            FieldSpec.Optional("xref", FieldType.Object(Xref), "The identity map turns the value, an id of one system, into the id of another.", "{ entity: account, from: erp, to: crm, missing: hold }"),
            FieldSpec.Optional("type", FieldType.OneOf([.. ValueTypes.Words]), "The type of the value in the target.", "date"),
            FieldSpec.Optional("in", FieldType.ListOrOne(FieldType.Text, 1), "The written forms of a date or time in the source.", "[ yyyy-MM-dd, yyyy/M/d ]"),
            FieldSpec.Optional("out", FieldType.Text, "The written form of a date or time in the target.", "yyyy-MM-dd"),
            FieldSpec.Optional("zone", FieldType.Text, "The time zone (IANA name) of times without an offset.", "Asia/Shanghai"),
            FieldSpec.Optional("scale", FieldType.Integer(0, 28), "Digits after the decimal point.", "2"),
            FieldSpec.Optional("round", Round, "How a decimal is rounded.", "half-even"),
            FieldSpec.Optional("max_length", FieldType.Integer(1, int.MaxValue), "The greatest count of characters; with type: binary of bytes.", "200"),
            FieldSpec.Optional("too_long", FieldType.OneOf("error", "cut"), "What happens to a longer text.", "cut"),
            FieldSpec.Optional("pattern", FieldType.Text, "A regular expression that the whole text must match.", "\"[0-9]{17}[0-9X]\""),
            FieldSpec.Optional("one_of", FieldType.List(FieldType.Scalar, 1), "The only values that are allowed.", "[ open, won, lost ]"),
            FieldSpec.Optional("default", FieldType.Scalar, "The value when there is none.", "0"),
            FieldSpec.Optional("required", FieldType.Boolean, "Whether no value is an error.", "false"),
            FieldSpec.Optional("on_error", FieldType.OneOf("fail", "drop", "default"), "What happens to a bad value: the record fails, the field is left out, or the default is taken.", "drop"),
            FieldSpec.Optional("secret", FieldType.Boolean, "Whether the value is hidden in findings.", "true"),
        ]);

    public static ObjectSpec File { get; } = new(
        "a mapping",
        "How the records of one system become documents of another.",
        "mapping: contact\nversion: 1\nfields:\n  code: contact_id",
        [
            FieldSpec.Required("mapping", FieldType.Name, "The name pipelines use.", "erp-order-to-crm-deal"),
            FieldSpec.Required("version", FieldType.Integer(1), "Counted up with every change.", "1"),
            FieldSpec.Optional("language", FieldType.OneOf("jsonata-2.2"), "The meaning of the expressions.", "jsonata-2.2", "jsonata-2.2"),
            FieldSpec.Optional("profile", FieldType.OneOf("hub", "full"), "The part of the language that expressions may use: the hub's own, or all of it.", "full", "hub"),
            FieldSpec.Optional("owner", FieldType.Text, "Who answers for the mapping.", "sales-it@example.com"),
            FieldSpec.Optional("description", FieldType.Text, "What the mapping is for.", "Approved orders become deals"),
            FieldSpec.Optional("source", FieldType.Object(Source), "Where the records come from.", "{ system: erp, contract: erp-order }"),
            FieldSpec.Optional("target", FieldType.Object(Target), "Where the documents go.", "{ system: crm, contract: crm-deal }"),
            FieldSpec.Optional("identity", FieldType.Object(Identity), "The entry of the identity map that arises when the document has reached the target system.", "{ entity: account, from: customer_id, to: code }"),
            FieldSpec.Optional("defaults", FieldType.Object(Defaults), "What holds for every field that does not say otherwise.", "{ zone: Asia/Shanghai }", "{}"),
            FieldSpec.Optional("mode", FieldType.OneOf("each-record", "all-or-nothing"), "Whether each record of a file is for itself, or nothing of a file is accepted before all of it has passed.", "all-or-nothing", "each-record"),
            FieldSpec.Optional("let", FieldType.MapOf(FieldType.Expression), "Values computed once per record, named with $.", "{ live: \"lines[cancelled = false]\" }"),
            FieldSpec.Optional("skip_when", FieldType.Expression, "A record that meets this condition is skipped.", "status = \"DRAFT\""),
            FieldSpec.Required("fields", FieldType.MapOf(FieldType.Any), "The fields of the target document.", "{ code: contact_id }"),
            FieldSpec.Optional("checks", FieldType.List(FieldType.Object(Check)), "Conditions the finished document must meet.", "[ { name: large deal, expr: amount < 1000000, otherwise: warn } ]"),
            FieldSpec.Optional("on_error", FieldType.Object(OnError), "What happens to a record that cannot be mapped.", "{ record: dead-letter }"),
            FieldSpec.Optional("tests", FieldType.Any, "Examples that the mapping must pass.", "[]"),
        ]);
}
