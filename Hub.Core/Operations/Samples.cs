using System.Text;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Mappings.Diagnostics;

namespace Hub.Core.Operations;

/// <summary>Makes of a message in the journal what a test can be made of.</summary>
internal static class Samples
{
    public static async Task<MessageSample> OfAsync(MessageView view, HubDefinition? definition, PipelineRunPool runs, CancellationToken cancellationToken)
    {
        var message = view.Message;
        var pipeline = definition?.Pipeline(message.Pipeline);
        var limits = new Findings();
        var trace = pipeline is null ? new RunTrace() : await Origins.ReplayAsync(view, pipeline, runs, limits, cancellationToken).ConfigureAwait(false);
        if (pipeline is null) limits.Warning("HUB952", SourcePosition.None, string.Empty, ("pipeline", message.Pipeline));
        else if (trace.Maps.Count == 0) limits.Warning("HUB953", pipeline.At, string.Empty, ("pipeline", pipeline.Name));
        var mask = new SampleMask(Explanation.SecretNames(pipeline, definition));
        return new MessageSample
        {
            Id = message.Id.ToString(),
            Pipeline = message.Pipeline,
            ReceivedAt = message.ReceivedAt,
            Error = Explanation.FirstError(view)?.Code,
            Limits = [.. limits.Select(FindingView.Of)],
            Message = trace.Message is { } whole ? mask.Apply(Encoding.UTF8.GetBytes(whole)) : null,
            File = message.Attributes.File is { } file ? mask.Apply(Encoding.UTF8.GetBytes(file)) : null,
            Mappings = [.. trace.Maps.Select(map => Sample(map, trace, mask))],
        };
    }

    private static MappingSample Sample(RunTrace.MapTrace map, RunTrace trace, SampleMask mask)
    {
        var missing = trace.Missing.Select(missing => missing.Member).ToHashSet(StringComparer.Ordinal);
        var fields = map.Trace.Fields;
        return new MappingSample(
            map.Mapping,
            mask.Apply(Encoding.UTF8.GetBytes(map.Record)),
            map.Part is not null,
            map.IsRefused,
            [.. fields.SelectMany(field => field.Notes).Where(note => note.Key == "trace.xref" && note.Arguments["from"] != DiagnosticTexts.Catalog.Render("word.hidden")).Select(note => new XrefSample(note.Arguments["entity"], note.Arguments["from"], note.Arguments["to"])).Distinct()],
            [.. fields.SelectMany(field => field.Reads).Where(path => missing.Contains(path.Split('.')[0])).Distinct(StringComparer.Ordinal)]);
    }
}
