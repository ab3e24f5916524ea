using Hub.Abstractions;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Mapping.Tracing;

namespace Hub.Core.Operations;

/// <summary>Runs a message's pipeline over it once more, watched, and says where the values of its documents come from. Nothing is sent, written or asked.</summary>
internal static class Origins
{
    public static async Task<MessageOrigins> OfAsync(MessageView view, HubDefinition? definition, PipelineRunPool runs, CancellationToken cancellationToken)
    {
        var message = view.Message;
        var pipeline = definition?.Pipeline(message.Pipeline);
        var limits = new Findings();
        var trace = pipeline is null ? new RunTrace() : await ReplayAsync(view, pipeline, runs, limits, cancellationToken).ConfigureAwait(false);
        if (pipeline is null) limits.Warning("HUB952", SourcePosition.None, string.Empty, ("pipeline", message.Pipeline));
        else if (message.Revision != pipeline.Revision) limits.Warning("HUB950", SourcePosition.None, string.Empty, ("revision", message.Revision), ("now", pipeline.Revision));
        foreach (var missing in trace.Missing.DistinctBy(missing => missing.Member))
            limits.Warning("HUB951", missing.At, string.Empty, ("endpoint", missing.From.ToString()), ("member", missing.Member));
        foreach (var map in trace.Maps.Where(map => map.Trace.Fields.Count == 0).DistinctBy(map => map.Mapping)) limits.Warning("HUB958", SourcePosition.None, string.Empty, ("mapping", map.Mapping));
        if (pipeline is not null && trace.Maps.Count == 0) limits.Warning("HUB953", pipeline.At, string.Empty, ("pipeline", pipeline.Name));
        var mask = new SecretMask(
            Explanation.SecretNames(pipeline, definition),
            view.Deliveries.Select(delivery => delivery.Record.Body).OfType<ReadOnlyMemory<byte>>().Prepend(message.Body));
        return new MessageOrigins
        {
            Id = message.Id.ToString(),
            Pipeline = message.Pipeline,
            Revision = message.Revision,
            ExplainedBy = pipeline?.Revision,
            Limits = [.. limits.Select(FindingView.Of)],
            Mappings = [.. trace.Maps.Select(map => new MappingOrigins(map.Mapping, map.Part, Fields(map.Trace, trace, mask), map.Trace.IsCut))],
        };
    }

    /// <summary>A watched run of the pipeline over the message as it was accepted.</summary>
    internal static async Task<RunTrace> ReplayAsync(MessageView view, PipelineDefinition pipeline, PipelineRunPool runs, Findings limits, CancellationToken cancellationToken)
    {
        var trace = new RunTrace();
        using var run = runs.Rent();
        if (!JsonTapeReader.TryRead(view.Message.Body, run.Builder, ReaderOptions.Default with { MaxDepth = 1_000 }, out var error))
        {
            limits.Add(error);
            return trace;
        }

        run.Body = view.Message.Body;
        run.Id = view.Message.Id;
        run.Attributes = view.Message.Attributes;
        run.Now = view.Message.ReceivedAt;
        // Of another format than JSON the places are those of the journal's JSON.
        run.HasInputPositions = view.Message.Original.IsEmpty;
        run.Trace = trace;
        try
        {
            await pipeline.RunAsync(run, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException waiting) when (waiting is HeldException or TransientException)
        {
            // It would wait again; what the mapping did until then is told.
            limits.Add(waiting.Finding with { Severity = Severity.Warning });
        }

        return trace;
    }

    private static List<FieldOrigin> Fields(MappingTrace trace, RunTrace run, SecretMask mask)
    {
        var unknown = run.Missing.Select(missing => missing.Member).ToHashSet(StringComparer.Ordinal);
        var fields = new List<FieldOrigin>();
        var lists = new List<string>();
        foreach (var field in trace.Fields)
        {
            var dependsOn = field.Reads.Select(FirstName).FirstOrDefault(unknown.Contains) ?? (lists.Exists(list => field.Path.StartsWith(list, StringComparison.Ordinal)) ? unknown.First() : null);
            var origin = FieldOrigin.Of(field, mask: mask.Apply);
            if (dependsOn is not null)
            {
                // What it read was not there in this run: what the run made of that says nothing about the message.
                if (field.Path.StartsWith('$')) unknown.Add(field.Path[1..]);
                else lists.Add(field.Path + "[");
                origin = origin with { Value = null, Findings = [FindingView.Of(Finding.Warning("HUB954", field.Mapping, field.Path, ("member", dependsOn)))] };
            }

            fields.Add(origin);
        }

        return fields;
    }

    /// <summary><c>account</c> of <c>account.code</c>, <c>$$.account.code</c> and <c>$message.account.code</c>; a let's name of <c>$net</c>.</summary>
    private static string FirstName(string path)
    {
        var names = path.Split('.');
        return names is ["$$" or "$message" or "$source", var inner, ..] ? inner : names[0].TrimStart('$');
    }
}
