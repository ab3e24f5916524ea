using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mappings.Yaml;

namespace Hub.Core.Configuration.Editors;

/// <summary>
/// Writes one spec as a JSON Schema. Draft-07: later drafts are not fully known to YAML language servers. Objects stand under
/// <c>$defs</c>, so that those which contain themselves end.
/// </summary>
/// <param name="names">What references may name; a kind that is not here may name anything.</param>
/// <param name="inner">The type of a field whose spec leaves it open; null when it stays open.</param>
/// <param name="hasReferences">The file may have <c>${NAME}</c> in place of a value.</param>
internal sealed class EditorSchemaWriter(IReadOnlyDictionary<ReferenceKind, IReadOnlyList<string>> names, Func<ObjectSpec, FieldSpec, FieldType?> inner, bool hasReferences)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _definitions = [];
    private readonly Dictionary<ObjectSpec, string> _keys = [];

    public string Write(ObjectSpec spec) => Document(spec.Description, Object(spec));

    /// <summary>A file whose other keys depend on the value of one.</summary>
    public string WriteChoice(string key, IReadOnlyDictionary<string, ObjectSpec> choices)
    {
        var alternatives = new JsonArray();
        foreach (var (value, spec) in choices)
        {
            var definition = Definition(Object(spec));
            definition["properties"]!.AsObject()[key] = new JsonObject { ["const"] = value };
            alternatives.Add(new JsonObject
            {
                ["if"] = new JsonObject { ["properties"] = new JsonObject { [key] = new JsonObject { ["const"] = value } }, ["required"] = new JsonArray(key) },
                ["then"] = Object(spec),
            });
        }

        var root = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray(key),
            ["properties"] = new JsonObject { [key] = new JsonObject { ["enum"] = new JsonArray([.. choices.Keys.Select(k => (JsonNode)k)]) } },
            ["allOf"] = alternatives,
        };
        return Document(choices.Values.First().Name, root);
    }

    private string Document(string description, JsonObject root)
    {
        var document = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["description"] = description };

        // Beside a $ref draft-07 reads nothing.
        if (root.ContainsKey("$ref")) document["allOf"] = new JsonArray(root);
        else
        {
            foreach (var (key, value) in root.ToList())
            {
                root.Remove(key);
                document[key] = value;
            }
        }

        document["$defs"] = _definitions;
        return document.ToJsonString(Format) + "\n";
    }

    private JsonObject Definition(JsonObject reference) => _definitions[reference["$ref"]!.GetValue<string>()["#/$defs/".Length..]]!.AsObject();

    private JsonObject Object(ObjectSpec spec)
    {
        if (_keys.TryGetValue(spec, out var key)) return Reference(key);
        key = string.Concat(spec.Name.Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : '-'));
        for (var i = 2; _definitions.ContainsKey(key); i++) key = string.Create(CultureInfo.InvariantCulture, $"{key.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9')}{i}");
        _keys.Add(spec, key);
        _definitions[key] = new JsonObject();
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in spec.Fields)
        {
            properties[field.Name] = Field(spec, field);
            if (field.IsRequired) required.Add(field.Name);
        }

        var definition = new JsonObject { ["type"] = "object", ["description"] = spec.Description, ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0) definition["required"] = required;
        _definitions[key] = definition;
        return Reference(key);
    }

    private static JsonObject Reference(string key) => new() { ["$ref"] = "#/$defs/" + key };

    private JsonObject Field(ObjectSpec spec, FieldSpec field)
    {
        var type = Type(inner(spec, field) ?? field.Type);
        var described = new JsonObject { ["description"] = field.Description };
        if (Value(field.Example) is { } example) described["examples"] = new JsonArray(example);
        if (field.Default is { } standard && Value(standard) is { } value) described["default"] = value;
        if (type.Count == 0) return described;
        described["allOf"] = new JsonArray(type);
        return described;
    }

    private JsonObject Type(FieldType type) => type.Kind switch
    {
        FieldKind.Any => [],
        FieldKind.Object => type.ObjectSpec!.ShortField is { } field ? Either(Object(type.ObjectSpec), Type(field.Type)) : Object(type.ObjectSpec),
        FieldKind.List when type.AllowsSingle => Either(List(type), Type(type.Item!)),
        FieldKind.List => List(type),
        FieldKind.MapOf => new JsonObject { ["type"] = "object", ["additionalProperties"] = Type(type.Item!) },
        FieldKind.Either => Either([.. type.Alternatives.Select(Type)]),
        FieldKind.Text or FieldKind.Expression => Texts(),
        FieldKind.Scalar => new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null") },
        _ => Referable(Scalar(type)),
    };

    private JsonObject List(FieldType type)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Type(type.Item!) };
        if (type.Minimum > 0) list["minItems"] = (int)type.Minimum.Value;
        return list;
    }

    /// <summary>What looks like a number or truth value is a text to the hub where it wants one.</summary>
    private static JsonObject Texts() => new() { ["type"] = new JsonArray("string", "number", "boolean") };

    private static JsonObject Either(params JsonObject[] alternatives) => new() { ["anyOf"] = new JsonArray([.. alternatives]) };

    private JsonObject Referable(JsonObject type) => hasReferences ? Either(type, Pattern("\\$\\{")) : type;

    private JsonObject Scalar(FieldType type)
    {
        switch (type.Kind)
        {
            case FieldKind.Integer or FieldKind.Decimal:
                var number = new JsonObject { ["type"] = type.Kind == FieldKind.Integer ? "integer" : "number" };
                if (type.Minimum is { } minimum) number["minimum"] = minimum;
                if (type.Maximum is { } maximum) number["maximum"] = maximum;
                return number;
            case FieldKind.Boolean: return new JsonObject { ["type"] = "boolean" };
            case FieldKind.OneOf: return new JsonObject { ["enum"] = new JsonArray([.. type.Values.Select(Word)]) };
            case FieldKind.Reference:
                return names.TryGetValue(type.Target, out var known) && known.Count > 0 ? new JsonObject { ["enum"] = new JsonArray([.. known.Select(n => (JsonNode)n)]) } : new JsonObject { ["type"] = "string" };
            case FieldKind.Name: return Pattern("^\\p{L}[\\p{L}\\p{N}_-]*$");
            case FieldKind.Duration: return Pattern("^[0-9]+(ms|s|m|h|d)$");
            case FieldKind.Size: return Pattern("^[0-9]+(B|KB|MB|GB)$");
            case FieldKind.Rate: return Pattern("^[0-9]+/(s|m|h)$");
            case FieldKind.Percent: return Pattern("^[0-9.]+%$");
            default: return new JsonObject { ["type"] = "string" };
        }
    }

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    /// <summary>A plain null is null to YAML, and the word null to a spec.</summary>
    private static JsonNode? Word(string word) => word == "null" ? null : JsonValue.Create(word);

    private static JsonNode? Value(string yaml) => YamlFile.Parse("value", yaml, []) is { } node ? Value(node) : null;

    private static JsonNode? Value(YamlNode node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key, Value(e.Value)))),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(Value)]),
        _ => YamlConstant.From((YamlScalar)node) switch
        {
            { Kind: YamlConstantKind.Number } number => JsonNode.Parse(number.Text),
            { Kind: YamlConstantKind.Boolean } truth => JsonValue.Create(truth.Text == "true"),
            { Kind: YamlConstantKind.Null } => null,
            var text => JsonValue.Create(text.Text),
        },
    };
}
