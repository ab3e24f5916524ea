using Mappings.Contracts.Sources;
using Mappings.Diagnostics;

namespace Mappings.Contracts.Import;

/// <summary>
/// Turns a schema of OpenAPI 3, Swagger 2 or JSON Schema into a contract. References are followed, a schema that contains
/// itself is cut where it begins again, <c>allOf</c> is merged, <c>oneOf</c> and <c>anyOf</c> become one shape wide enough for all.
/// What a contract cannot say is left out with a warning: the contract then allows more than the original, never less.
/// </summary>
internal sealed partial class SchemaImport
{
    /// <summary>The contract file must stay within the depth that our YAML allows; each level of values takes two.</summary>
    private const int MaximumDepth = 12;

    /// <summary>A contract of more values would be more than its file may hold.</summary>
    private const int MaximumValues = 6_000;

    private static readonly HashSet<string> Known =
    [
        "$ref", "type", "title", "description", "properties", "required", "additionalProperties", "items", "minItems", "maxItems", "enum", "const", "pattern", "minLength", "maxLength",
        "minimum", "maximum", "format", "nullable", "allOf", "oneOf", "anyOf", "definitions", "$defs",
    ];

    /// <summary>Keywords that say nothing about which values are allowed.</summary>
    private static readonly HashSet<string> Remarks =
    [
        "example", "examples", "default", "deprecated", "readOnly", "writeOnly", "externalDocs", "xml", "$schema", "$id", "id", "$comment", "$anchor", "discriminator", "contentMediaType", "contentEncoding",
    ];

    private readonly string _file;
    private readonly SchemaNode _root;
    private readonly Findings _findings;
    private readonly HashSet<SchemaNode> _open = [];
    private readonly HashSet<(string Keyword, SchemaNode At)> _warned = [];
    private int _values;

    public SchemaImport(string file, SchemaNode root, Findings findings)
    {
        _file = file;
        _root = root;
        _findings = findings;
    }

    /// <summary>The named schemas of a document, in its order.</summary>
    public static OrderedDictionary<string, SchemaNode> Named(SchemaNode root)
    {
        var named = root["components"]?["schemas"]?.Members ?? root["definitions"]?.Members ?? root["$defs"]?.Members;
        return named ?? new OrderedDictionary<string, SchemaNode>(StringComparer.Ordinal);
    }

    public ContractDraft Import(SchemaNode schema)
    {
        _values = 0;
        return Convert(schema, string.Empty, 0);
    }

    private ContractDraft Convert(SchemaNode schema, string path, int depth)
    {
        // JSON Schema: true allows everything, false nothing; nothing is no shape a contract has.
        if (schema.Members is null) return new ContractDraft();
        if (++_values > MaximumValues)
        {
            if (_values == MaximumValues + 1) _findings.Error("MAP254", At(schema), path, ("limit", "6,000 values"));
            return new ContractDraft();
        }

        if (depth > MaximumDepth)
        {
            Warn("MAP251", schema, "depth", path, ("name", path));
            return new ContractDraft { Comment = "deeper than a contract goes" };
        }

        if (!_open.Add(schema))
        {
            Warn("MAP251", schema, "cycle", path, ("name", path));
            return new ContractDraft { Comment = "the same shape again" };
        }

        var draft = schema["$ref"]?.Text is { } reference ? Referred(schema, reference, path, depth) : Own(schema, path, depth);
        _open.Remove(schema);
        return draft;
    }

    private ContractDraft Referred(SchemaNode schema, string reference, string path, int depth)
    {
        if (Find(reference) is not { } target)
        {
            _findings.Warning("MAP250", At(schema["$ref"]!), path, ("found", reference));
            return new ContractDraft { Comment = $"{reference} was not found" };
        }

        var draft = Convert(target, path, depth);
        if (schema["description"]?.Text is { } text) draft.Description = text;
        if (schema["nullable"]?.Boolean == true) AllowNull(draft);
        return draft;
    }

    /// <summary>A JSON pointer into the same document; nothing else is read.</summary>
    private SchemaNode? Find(string reference)
    {
        if (!reference.StartsWith('#')) return null;
        var node = _root;
        foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            var next = node[name];
            if (next is null && node.Items is { } items && int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var index) && index >= 0 && index < items.Count) next = items[index];
            if (next is null) return null;
            node = next;
        }

        return node;
    }

    private ContractDraft Own(SchemaNode schema, string path, int depth)
    {
        foreach (var (keyword, value) in schema.Members!)
        {
            if (Known.Contains(keyword) || Remarks.Contains(keyword) || keyword.StartsWith("x-", StringComparison.Ordinal)) continue;
            Warn("MAP249", value, keyword, path, ("keyword", keyword));
        }

        var draft = new ContractDraft { Kinds = Kinds(schema, path), Title = schema["title"]?.Text, Description = schema["description"]?.Text };
        Members(schema, draft, path, depth);
        if (schema["items"] is { } items)
        {
            if (items.Items is null) draft.Items = Convert(items, path + "[]", depth + 1);
            else Warn("MAP249", items, "items", path, ("keyword", "items: [ … ]"));
        }

        Limits(schema, draft, path);
        if (schema["allOf"]?.Items is { } all)
        {
            foreach (var part in all) Merge(draft, Convert(part, path, depth));
        }

        foreach (var keyword in (string[])["oneOf", "anyOf"])
        {
            if (schema[keyword]?.Items is { Count: > 0 } choices) Merge(draft, Widened(choices, keyword, path, depth));
        }

        if (schema["nullable"]?.Boolean == true) AllowNull(draft);
        return Fitting(draft);
    }

    private void Members(SchemaNode schema, ContractDraft draft, string path, int depth)
    {
        foreach (var (name, member) in schema["properties"]?.Members ?? new OrderedDictionary<string, SchemaNode>())
        {
            if (name.Length > 0) draft.Members[name] = Convert(member, path.Length == 0 ? name : $"{path}.{name}", depth + 1);
        }

        foreach (var name in schema["required"]?.Items ?? [])
        {
            if (name.Text is { Length: > 0 } text) draft.Required.Add(text);
        }

        var others = schema["additionalProperties"];
        if (others?.Boolean == false) draft.AllowsOtherMembers = false;
        else if (others?.Members is { Count: > 0 }) Warn("MAP249", others, "additionalProperties", path, ("keyword", "additionalProperties: { … }"));
    }

    private ContractKinds Kinds(SchemaNode schema, string path)
    {
        var type = schema["type"];
        var words = type?.Items?.Select(i => i.Text) ?? (type?.Text is { } one ? [one] : []);
        var kinds = ContractKinds.None;
        foreach (var word in words)
        {
            kinds |= word switch
            {
                "object" => ContractKinds.Object,
                "array" => ContractKinds.Array,
                "string" or "file" => ContractKinds.Text,
                "number" => ContractKinds.Number,
                "integer" => ContractKinds.Integer,
                "boolean" => ContractKinds.Boolean,
                "null" => ContractKinds.Null,
                _ => ContractKinds.Any,
            };
            if (word is not ("object" or "array" or "string" or "file" or "number" or "integer" or "boolean" or "null")) Warn("MAP249", type!, "type", path, ("keyword", $"type: {word}"));
        }

        if (kinds != ContractKinds.None) return kinds;
        if (schema["properties"] is not null) return ContractKinds.Object;
        return schema["items"] is not null ? ContractKinds.Array : ContractKinds.Any;
    }

    private SourcePosition At(SchemaNode node) => new(_file, node.Line, node.Column);

    private void Warn(string code, SchemaNode at, string keyword, string path, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        if (_warned.Add((keyword, at))) _findings.Warning(code, At(at), path, arguments);
    }
}
