using System.Globalization;
using Mappings.Yaml;

namespace Mappings.Contracts.Import;

/// <summary>A value of a schema document, in YAML or JSON. Aliases share one node; names may be there twice, the last counts.</summary>
internal sealed class SchemaNode
{
    /// <summary>From 1.</summary>
    public int Line { get; init; }

    public int Column { get; init; }

    /// <summary>The text of a scalar; null for mappings and lists.</summary>
    public string? Text { get; init; }

    /// <summary>False for a text in quotes, which is never a number or truth value.</summary>
    public bool IsPlain { get; init; }

    public OrderedDictionary<string, SchemaNode>? Members { get; init; }

    public List<SchemaNode>? Items { get; init; }

    public SchemaNode? this[string name] => Members is { } members && members.TryGetValue(name, out var node) ? node : null;

    public bool? Boolean => IsPlain ? Text switch { "true" or "True" => true, "false" or "False" => false, _ => null } : null;

    public decimal? Number => IsPlain && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public int? Count => Number is { } number and >= 0 and <= int.MaxValue && number == decimal.Truncate(number) ? (int)number : null;

    /// <summary>The scalar as a constant of ours; null for a mapping or list.</summary>
    public YamlConstant? Constant
    {
        get
        {
            if (Text is null) return null;
            if (!IsPlain) return new YamlConstant(YamlConstantKind.Text, Text);
            if (Text is "" or "null" or "~" or "Null") return new YamlConstant(YamlConstantKind.Null, "null");
            if (Boolean is { } truth) return new YamlConstant(YamlConstantKind.Boolean, truth ? "true" : "false");
            return Number is { } number ? new YamlConstant(YamlConstantKind.Number, number.ToString(CultureInfo.InvariantCulture)) : new YamlConstant(YamlConstantKind.Text, Text);
        }
    }
}
