using Mappings.Diagnostics;
using Mappings.Mapping;
using Mappings.Mapping.Running;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>Holds what a test expects and stubs against the mapping, before anything runs: a misspelt field would make a test that cannot pass, or one that cannot fail.</summary>
internal sealed class ExpectationCheck(TargetFields target, MappingCompileContext context, Findings findings)
{
    private readonly List<string> _variables = [.. context.Variables, VariableSlots.File];

    public void Run(TestCase test)
    {
        if (test.Document is { } document) Document(document, string.Empty, test.IsPart);
        if (test.Error is { } error) Field(error);
        foreach (var warning in test.Warnings) Field(warning);
        foreach (var (name, node) in test.Variables)
        {
            if (!_variables.Contains(name)) Unknown("TST510", name, _variables, node.Position);
        }

        foreach (var name in test.Stubs.Lookups.Keys.Where(name => !context.Lookups.ContainsKey(name))) Unknown("TST509", name, context.Lookups.Keys, test.At);
    }

    private void Document(YamlNode node, string path, bool part)
    {
        if (target.Inside(path) is not { } fields) return;
        switch (node)
        {
            case YamlSequence list:
                foreach (var item in list.Items) Document(item, path, part);
                break;
            case YamlMapping mapping:
                var isList = path.Length > 0 && target.Find(path)!.Form == FieldForm.Each;
                foreach (var entry in mapping.Entries) Entry(entry, path, fields, part, isList);
                break;
        }
    }

    private void Entry(YamlEntry entry, string path, IReadOnlyList<FieldDefinition> fields, bool part, bool isList)
    {
        // In a part, { absent: true } and the count or some elements of a list are told by keys of their own.
        if (part && entry.Key == "absent" && fields.All(field => field.Name != entry.Key)) return;
        if (part && isList && entry.Key == "count") return;
        if (part && isList && entry.Key.All(char.IsAsciiDigit)) Document(entry.Value, path, part);
        else if (fields.Any(field => field.Name == entry.Key)) Document(entry.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", part);
        else Unknown("TST506", entry.Key, fields.Select(field => field.Name), entry.KeyNode.Position, path);
    }

    private void Field(ExpectedFinding expected)
    {
        if (expected.Field is not { } field || target.Find(field) is not null) return;
        // An error of a let has its name for a path.
        if (field.StartsWith('$') && target.Definition.Lets.Any(let => "$" + let.Name == field)) return;
        Unknown("TST506", field, target.Paths, expected.At);
    }

    private void Unknown(string code, string name, IEnumerable<string> known, SourcePosition at, string path = "")
    {
        var names = known.ToList();
        findings.Error(code, at, path, ("name", name), ("known", names.Count == 0 ? "-" : string.Join(", ", names)), ("hint", NameSuggestion.Hint(NameSuggestion.Closest(name, names))));
    }
}
