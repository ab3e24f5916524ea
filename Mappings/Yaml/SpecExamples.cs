using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>Checks that a spec agrees with itself: examples and defaults, at any depth, are of their kinds. For the tests of whoever writes a spec.</summary>
public static class SpecExamples
{
    /// <returns>What is wrong; empty when the spec is fine. The file of a finding is the spec's name.</returns>
    public static IReadOnlyList<Finding> Check(ObjectSpec spec)
    {
        var findings = new Findings();
        if (YamlFile.Parse(spec.Name, spec.Example, findings) is { } example) SpecReader.Read(example, spec, findings, new AnyReference());
        foreach (var field in spec.Fields)
        {
            foreach (var text in new[] { field.Example, field.Default })
            {
                var file = $"{spec.Name}.{field.Name}";
                if (text is not null && YamlFile.Parse(file, text, findings) is { } node) SpecReader.ReadItem(node, field.Type, field.Example, findings, new AnyReference());
            }

            foreach (var inner in Inner(field.Type)) findings.AddRange(Check(inner));
        }

        return findings.Sorted();
    }

    private static IEnumerable<ObjectSpec> Inner(FieldType type)
    {
        if (type.ObjectSpec is { } spec) yield return spec;
        foreach (var inner in (type.Item is null ? type.Alternatives : type.Alternatives.Append(type.Item)).SelectMany(Inner)) yield return inner;
    }

    private sealed class AnyReference : IReferenceSource
    {
        public string Variable(string name) => name;

        public string File(string path) => path;
    }
}
