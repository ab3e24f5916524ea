using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>Turns a pipeline file into its record.</summary>
internal static class PipelineReader
{
    public static PipelineConfig? Read(string name, YamlMapping root, LoadContext context)
    {
        var findings = new Findings();
        var value = SpecReader.Read(root, FileSpecs.Pipeline, findings, context.References, names: context.Names);
        var steps = root["steps"] is YamlSequence sequence ? Steps(sequence, context, findings) : [];
        context.Findings.AddRange(findings);
        if (value is null || findings.HasErrors) return null;
        return new PipelineConfig(
            name,
            value.Text("from"),
            value.ExpressionOrNull("key"),
            value.Expression("dedupe"),
            value.Text("durability") == "broker" ? Durability.Broker : Durability.Journal,
            steps,
            value.Find("tests")?.Node,
            value,
            value.Position("pipeline"));
    }

    private static List<StepConfig> Steps(YamlSequence sequence, LoadContext context, Findings findings)
    {
        var steps = new List<StepConfig>();
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"steps[{i}]");
            if (Step(sequence.Items[i], path, context, findings) is { } step) steps.Add(step);
        }

        return steps;
    }

    private static StepConfig? Step(YamlNode node, string path, LoadContext context, Findings findings)
    {
        var kinds = context.Specs.Steps.Keys.Order(StringComparer.Ordinal);
        if (node is not YamlMapping { Entries: [var entry] })
        {
            var found = node is YamlMapping mapping ? string.Join(", ", mapping.Entries.Select(e => e.Key)) : "-";
            findings.Error("CFG213", node.Position, path, ("found", found), ("known", string.Join(", ", kinds)));
            return null;
        }

        if (!context.Specs.Steps.TryGetValue(entry.Key, out var spec))
        {
            KnownNames.Unknown("step", entry.Key, kinds, entry.KeyNode.Position, path, findings);
            return null;
        }

        path = $"{path}.{entry.Key}";
        var value = SpecReader.Read(entry.Value, spec, findings, context.References, path, context.Names);
        return value is null ? null : new StepConfig(entry.Key, value, path, entry.KeyNode.Position);
    }
}
