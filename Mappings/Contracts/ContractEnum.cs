using System.Globalization;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Lookups;
using Mappings.Yaml;

namespace Mappings.Contracts;

/// <summary>The values of JSON Schema's <c>enum</c>. Numbers are equal by value, texts by their characters.</summary>
internal sealed class ContractEnum
{
    private readonly Utf8Table _texts;
    private readonly decimal[] _numbers;
    private readonly HashSet<NodeKind> _literals = [];

    public ContractEnum(IReadOnlyList<YamlConstant> values)
    {
        Text = string.Join(", ", values.Select(v => v.Text));
        _texts = new Utf8Table([.. values.Where(v => v.Kind == YamlConstantKind.Text).Select(v => v.Text).Distinct(StringComparer.Ordinal)]);
        _numbers = [.. values.Where(v => v.Kind == YamlConstantKind.Number).Select(v => decimal.Parse(v.Text, NumberStyles.Float, CultureInfo.InvariantCulture))];
        foreach (var value in values)
        {
            if (value.Kind == YamlConstantKind.Null) _literals.Add(NodeKind.Null);
            if (value.Kind == YamlConstantKind.Boolean) _literals.Add(value.Text == "true" ? NodeKind.True : NodeKind.False);
        }
    }

    /// <summary>The values as findings list them.</summary>
    public string Text { get; }

    public IReadOnlyList<string> Names => _texts.Names;

    public bool Contains(Tape tape, int node) => tape.Kind(node) switch
    {
        NodeKind.Text => _texts.IndexOf(tape.Utf8(node)) >= 0,
        NodeKind.Number => Value.FromTape(tape, node).TryGetDecimal(out var number) && Array.IndexOf(_numbers, number) >= 0,
        var kind => _literals.Contains(kind),
    };
}
