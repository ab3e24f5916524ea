using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Mappings.Lookups;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>Compares a document with what a test expects; each difference is a finding of its field, at the test's line and with the mapping's.</summary>
internal sealed class DocumentComparison(TargetFields target, TestCase test, Findings differences)
{
    private readonly bool _part = test.IsPart;

    public void Run(in Value document) => Compare(test.Document!, document, string.Empty);

    private void Compare(YamlNode expected, in Value found, string path)
    {
        if (_part && IsAbsent(expected, path))
        {
            if (!found.IsMissing) Differs("TST522", expected.Position, path, found, []);
        }
        else if (expected is YamlMapping counted && _part && found.IsArray) Elements(counted, found, path);
        else if (found.IsMissing) Differs("TST521", expected.Position, path, found, ("expected", Shown(expected, path)));
        else if (expected is YamlMapping mapping && found.IsObject) Members(mapping, found, path);
        else if (expected is YamlSequence list && found.IsArray) Items(list, found, path);
        else if (expected is not YamlScalar scalar || !Equals(YamlConstant.From(scalar), found)) Differs("TST520", expected.Position, path, found, ("expected", Shown(expected, path)));
    }

    private void Members(YamlMapping expected, in Value found, string path)
    {
        foreach (var entry in expected.Entries) Compare(entry.Value, found.Member(entry.Key), Join(path, entry.Key));
        if (_part) return;
        foreach (var member in found.Members())
        {
            if (expected.Entry(member.Name) is null) Differs("TST522", expected.Position, Join(path, member.Name), member.Value, []);
        }
    }

    private void Items(YamlSequence expected, in Value found, string path)
    {
        Count(expected.Items.Count, expected.Position, found, path);
        var position = 0;
        foreach (var item in found.Items())
        {
            if (position == expected.Items.Count) break;
            Compare(expected.Items[position], item, $"{path}[{position}]");
            position++;
        }
    }

    /// <summary>A list told by its count and by some elements: <c>{ count: 4, 2: { lineTotal: 1299.00 } }</c>.</summary>
    private void Elements(YamlMapping expected, in Value found, string path)
    {
        var items = new List<Value>();
        foreach (var item in found.Items()) items.Add(item);
        foreach (var entry in expected.Entries)
        {
            var isNumber = int.TryParse(entry.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var position);
            if (isNumber) Compare(entry.Value, position < items.Count ? items[position] : Value.Missing, $"{path}[{position}]");
            else if (entry.Key == "count" && entry.Value is YamlScalar scalar && int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) Count(count, entry.Value.Position, found, path);
            else Differs("TST520", entry.KeyNode.Position, path, found, ("expected", $"{entry.Key}: {Shown(entry.Value, path)}"));
        }
    }

    private void Count(int expected, SourcePosition at, in Value found, string path)
    {
        if (expected == found.Count) return;
        Add("TST523", at, path, ("expected", expected.ToString(CultureInfo.InvariantCulture)), ("found", found.Count.ToString(CultureInfo.InvariantCulture)));
    }

    private bool Equals(YamlConstant expected, in Value found) => expected.Kind switch
    {
        YamlConstantKind.Null => found.IsNull,
        YamlConstantKind.Boolean => found.IsBoolean && found.IsTrue == (expected.Text == "true"),
        YamlConstantKind.Number => found.IsNumber && (test.IsExact ? found.AsText() == expected.Text : Numbers.Compare(Numbers.Ready(found), Numbers.Parse(expected.Text)) == 0),
        _ => found.IsText && found.AsText() == expected.Text,
    };

    private bool IsAbsent(YamlNode expected, string path) =>
        expected is YamlMapping { Entries: [{ Key: "absent", Value: YamlScalar { IsPlain: true, Value: "true" } }] } && target.Inside(path)?.Any(field => field.Name == "absent") != true;

    private string Shown(YamlNode expected, string path) => target.IsSecret(path) ? Hidden : expected switch
    {
        YamlScalar scalar => ShownValue.Of(ConstantPool.One(YamlConstant.From(scalar))),
        YamlSequence list => List(list.Items.Count),
        _ => Word("word.object"),
    };

    private static string Shown(in Value found) => found.IsArray ? List(found.Count) : found.IsObject ? Word("word.object") : ShownValue.Of(found);

    private static string List(int count) => Word("word.list", ("count", count.ToString(CultureInfo.InvariantCulture)));

    private static string Word(string key, params ReadOnlySpan<(string Name, string Value)> arguments) => DiagnosticTexts.Catalog.Render(key, arguments);

    private void Differs(string code, SourcePosition at, string path, in Value found, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Add(code, at, path, [.. arguments, ("found", target.IsSecret(path) ? Hidden : Shown(found))]);

    private void Add(string code, SourcePosition at, string path, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        differences.Add(Finding.Error(code, at, path, arguments) with { Mapping = target.PositionOf(path) });

    private static string Hidden => DiagnosticTexts.Catalog.Render("word.hidden");

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
