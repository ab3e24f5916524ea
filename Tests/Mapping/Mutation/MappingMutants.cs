using Mappings.Expressions;
using Mappings.Expressions.Binding;
using Mappings.Expressions.Syntax;
using Mappings.Mapping;
using Mappings.Yaml;

namespace Tests.Mapping.Mutation;

/// <summary>Every name of a mapping file misspelt, and every type turned into another, one at a time.</summary>
internal static class MappingMutants
{
    /// <summary>Keys under which names of other things stand.</summary>
    private static readonly string[] Referring = ["system", "contract", "layout", "lookup", "format", "language", "type", "round"];

    /// <summary>Keys whose entries have free names that nothing refers to, or that stand for people.</summary>
    private static readonly string[] Free = ["tests", "namespaces"];

    public static IEnumerable<Mutant> Names(string text, MappingDefinition definition, YamlNode root) =>
        Keys(root, string.Empty).Select(k => Misspelt(text, k.What, k.Scalar.Position, k.Scalar.Value))
            .Concat(Expressions(definition).SelectMany(e => InExpression(text, e)))
            .Where(m => m.Text != text)
            .DistinctBy(m => (m.At, m.Name));

    public static IEnumerable<Mutant> Types(string text, YamlNode root) =>
        from scalar in Scalars(root, "type")
        select Replaced(text, "type", scalar.Position, scalar.Value, scalar.Value is "text" ? "decimal" : scalar.Value is "boolean" ? "integer" : "boolean");

    private static IEnumerable<(string What, YamlScalar Scalar)> Keys(YamlNode node, string parent)
    {
        if (node is YamlSequence sequence) return sequence.Items.SelectMany(i => Keys(i, parent));
        if (node is not YamlMapping mapping || Free.Contains(parent)) return [];
        return mapping.Entries.SelectMany(e => Keys(e.Value, e.Key)
            .Concat(e.Value is YamlScalar value && Referring.Contains(e.Key) && parent != "fields" ? [(e.Key, value)] : [])
            .Prepend((parent == "let" ? "let" : "key", e.KeyNode)));
    }

    private static IEnumerable<YamlScalar> Scalars(YamlNode node, string key) => node switch
    {
        YamlSequence sequence => sequence.Items.SelectMany(i => Scalars(i, key)),
        YamlMapping mapping => mapping.Entries.SelectMany(e => e.Key == key && e.Value is YamlScalar scalar ? [scalar] : Scalars(e.Value, key)),
        _ => [],
    };

    private static IEnumerable<YamlExpression> Expressions(MappingDefinition definition) =>
        definition.Lets.Select(l => l.Expression)
            .Concat(definition.SkipWhen is { } skip ? [skip] : [])
            .Concat(Fields(definition.Fields))
            .Concat(definition.Checks.Select(c => c.Expression))
            .Concat(definition.Identity is { } identity ? [identity.From, identity.To] : []);

    private static IEnumerable<YamlExpression> Fields(IEnumerable<FieldDefinition> fields) =>
        fields.SelectMany(f => Fields(f.Fields ?? []).Concat(f.Text is { } text ? [text] : []));

    private static IEnumerable<Mutant> InExpression(string text, YamlExpression expression)
    {
        var origin = YamlOrigin.Of(expression);
        return Nodes(Parser.Parse(expression.Text)).Select(node => node switch
        {
            NameNode name => Misspelt(text, "name", origin.Locate(expression.Text, name.Start), name.Name),
            VariableNode { Name: not ("" or "$") } variable => Misspelt(text, "variable", origin.Locate(expression.Text, variable.Start + 1), variable.Name),
            _ => null,
        }).OfType<Mutant>();
    }

    private static IEnumerable<Node> Nodes(Node node) => Children.Of(node).SelectMany(Nodes).Prepend(node);

    private static Mutant Misspelt(string text, string what, Mappings.Diagnostics.SourcePosition at, string name) => Replaced(text, what, at, name, name + name[^1]);

    /// <summary>The file as it was when the text does not stand there as it is, such as a name in backticks.</summary>
    private static Mutant Replaced(string text, string what, Mappings.Diagnostics.SourcePosition at, string old, string replacement)
    {
        var lines = text.Split('\n');
        var line = lines[at.Line - 1];
        if (string.CompareOrdinal(line, at.Column - 1, old, 0, old.Length) == 0) lines[at.Line - 1] = string.Concat(line.AsSpan(0, at.Column - 1), replacement, line.AsSpan(at.Column - 1 + old.Length));
        return new Mutant(what, at, old, string.Join('\n', lines));
    }
}
