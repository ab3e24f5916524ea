using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Mappings.Yaml;

namespace Tests.Configuration;

/// <summary>As much of JSON Schema draft-07 as the editor schemas use, over YAML as an editor reads it: plain scalars are typed.</summary>
internal sealed class JsonSchemaCheck(JsonNode schema)
{
    /// <summary>The places that do not fit, each with what the schema wanted there.</summary>
    public IReadOnlyList<string> Check(YamlNode document) => [.. Check(Value(document), schema, string.Empty)];

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

    private IEnumerable<string> Check(JsonNode? value, JsonNode? rule, string path)
    {
        if (rule is not JsonObject keywords) return [];
        if (keywords["$ref"]?.GetValue<string>() is { } reference) return Check(value, schema["$defs"]![reference["#/$defs/".Length..]], path);
        return keywords.SelectMany(k => Keyword(value, k.Key, k.Value!, keywords, path));
    }

    private IEnumerable<string> Keyword(JsonNode? value, string keyword, JsonNode argument, JsonObject keywords, string path)
    {
        switch (keyword)
        {
            case "type":
                var types = argument is JsonArray list ? list.Select(t => t!.GetValue<string>()) : [argument.GetValue<string>()];
                return types.Any(t => Is(value, t)) ? [] : [$"{path}: not {argument.ToJsonString()}"];
            case "enum": return argument.AsArray().Any(a => JsonNode.DeepEquals(a, value)) ? [] : [$"{path}: not one of {argument.ToJsonString()}"];
            case "const": return JsonNode.DeepEquals(argument, value) ? [] : [$"{path}: not {argument.ToJsonString()}"];
            case "pattern": return value is JsonValue text && text.TryGetValue<string>(out var s) && !Regex.IsMatch(s, argument.GetValue<string>()) ? [$"{path}: not {argument}"] : [];
            case "minimum": return value is JsonValue && Is(value, "number") && decimal.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) < argument.GetValue<decimal>() ? [$"{path}: below {argument}"] : [];
            case "maximum": return value is JsonValue && Is(value, "number") && decimal.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) > argument.GetValue<decimal>() ? [$"{path}: above {argument}"] : [];
            case "minItems": return value is JsonArray items && items.Count < argument.GetValue<int>() ? [$"{path}: too few"] : [];
            case "required": return value is JsonObject o ? argument.AsArray().Select(n => n!.GetValue<string>()).Where(n => !o.ContainsKey(n)).Select(n => $"{path}: no {n}") : [];
            case "properties": return value is JsonObject members ? argument.AsObject().Where(p => members.ContainsKey(p.Key)).SelectMany(p => Check(members[p.Key], p.Value, $"{path}.{p.Key}")) : [];
            case "additionalProperties":
                var others = value is JsonObject all ? all.Where(m => keywords["properties"]?[m.Key] is null).ToList() : [];
                return argument is JsonValue ? others.Select(m => $"{path}: {m.Key} is unknown") : others.SelectMany(m => Check(m.Value, argument, $"{path}.{m.Key}"));
            case "items": return value is JsonArray elements ? elements.SelectMany((e, i) => Check(e, argument, $"{path}[{i}]")) : [];
            case "allOf": return argument.AsArray().SelectMany(a => Check(value, a, path));
            case "anyOf":
                var attempts = argument.AsArray().Select(a => Check(value, a, path).ToList()).ToList();
                
                // The alternative of the same shape says more than that another has another shape.
                return attempts.Exists(a => a.Count == 0) ? [] : attempts.MinBy(a => (a.Exists(m => m.StartsWith($"{path}: not", StringComparison.Ordinal)), a.Count))!;
            case "if": return Check(value, argument, path).Any() ? [] : Check(value, keywords["then"], path);
            case "then" or "$schema" or "$defs" or "description" or "examples" or "default": return [];
            default: throw new InvalidOperationException($"The check does not know {keyword}.");
        }
    }

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "integer" => value is JsonValue && long.TryParse(value.ToJsonString(), out _),
        "number" => value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "boolean" => value is JsonValue && value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        _ => value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.String,
    };
}
