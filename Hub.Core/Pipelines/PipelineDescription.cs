using System.Globalization;
using System.Text;
using Hub.Core.Configuration;

namespace Hub.Core.Pipelines;

/// <summary>A compiled pipeline as people read it: what it does in which order, where it sends, and on which line that stands.</summary>
public static class PipelineDescription
{
    private const int Column = 60;

    /// <summary>Several lines, each ended by a line feed.</summary>
    public static string Of(PipelineDefinition pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        var text = new StringBuilder();
        Line(text, $"{pipeline.Name}: {pipeline.From} -> {string.Join(", ", pipeline.Steps.SelectMany(s => s.Targets).Distinct())}", pipeline.At.ToString());
        text.Append("  key     ").Append(pipeline.Keys.Key?.Text ?? "none: no order is kept").Append('\n');
        text.Append("  dedupe  ").Append(Dedupe(pipeline.Keys)).Append('\n');
        if (pipeline.Durability == Durability.Broker) text.Append("  kept    by the queue it comes from, until it is delivered\n");
        for (var i = 0; i < pipeline.Steps.Count; i++)
        {
            var step = pipeline.Steps[i];
            Line(text, string.Create(CultureInfo.InvariantCulture, $"  {i + 1}. {step.Name}"), step.At.ToString());
            foreach (var detail in step.Details) text.Append("       ").Append(detail).Append('\n');
        }

        return text.ToString();
    }

    private static string Dedupe(KeyDefinition keys) => keys.Dedupe switch
    {
        DedupeMode.Event => "the sender's event id, else key and content",
        DedupeMode.Content => "key and content",
        DedupeMode.Key => "each key once",
        DedupeMode.None => "none: every message is new",
        _ => keys.DedupeBy!.Text,
    };

    private static void Line(StringBuilder text, string left, string right) =>
        text.Append(left.PadRight(Column)).Append("  ").Append(right).Append('\n');
}
