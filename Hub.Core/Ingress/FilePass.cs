using Hub.Abstractions;
using Hub.Abstractions.Ingress;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Mapping.Files;

namespace Hub.Core.Ingress;

/// <summary>
/// The first pass over a payload for pipelines that take all of it or nothing: every record goes through the pipeline and
/// nothing is accepted; then the checks on the whole file are made. Memory is one record and what the checks gather.
/// </summary>
internal sealed class FilePass(HubDefinition definition, FlowContext context, CancellationToken cancellationToken)
{
    /// <param name="reader">At the begin of the payload; is read to its end, or until every pipeline has stopped.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="isJson">The record's own bytes are its JSON.</param>
    /// <param name="pipelines">How each of them fares.</param>
    /// <exception cref="TransientException">A pipeline had to ask somebody who is away: nothing is known of the file.</exception>
    public async ValueTask RunAsync(IRecordReader reader, IncomingPayload payload, bool isJson, IReadOnlyList<FileProgress> pipelines)
    {
        using var json = new Utf8JsonOutput();
        var checks = pipelines.Select(p => p.Pipeline.FileChecks?.Start(context.Clock, definition.MaxBody)).ToArray();
        var file = new FileRecords();
        try
        {
            while (pipelines.Any(p => !p.IsStopped))
            {
                var status = reader.Read();
                if (status == RecordStatus.End) break;
                if (status == RecordStatus.Record) await RecordAsync(reader, payload, isJson, pipelines, checks, json, file).ConfigureAwait(false);
                else foreach (var pipeline in pipelines.Where(p => !p.IsStopped)) pipeline.Failed(reader.Error!);
                if (status == RecordStatus.Broken) break;
            }

            var once = reader.FileTape is { } tape ? Value.FromTape(tape, tape.Root) : Value.Missing;
            for (var i = 0; i < pipelines.Count; i++)
            {
                // Totals of a file that was not read to its end, or of records that are wrong, would only say so again.
                if (pipelines[i].Errors > 0 || checks[i] is not { } check) continue;
                var found = check.Finish(once, payload.Name);
                foreach (var warning in found.Where(f => f.Severity != Mappings.Diagnostics.Severity.Error)) FlowLog.FileWarning(context.Logger, pipelines[i].Pipeline.Name, warning);
                pipelines[i].Checked(found);
            }
        }
        finally
        {
            foreach (var check in checks) check?.Dispose();
        }
    }

    private async ValueTask RecordAsync(
        IRecordReader reader, IncomingPayload payload, bool isJson, IReadOnlyList<FileProgress> pipelines, FileCheckRun?[] checks, Utf8JsonOutput json, FileRecords file)
    {
        json.Clear();
        if (!isJson) TapeJson.Write(reader.Tape, reader.Tape.Root, json);
        var body = isJson ? reader.Original : json.WrittenMemory;
        var attributes = payload.Attributes with { Origin = reader.At.ToString(), File = file.Json(reader) };
        var now = context.Clock.GetUtcNow();
        for (var i = 0; i < pipelines.Count; i++)
        {
            if (pipelines[i].IsStopped) continue;
            checks[i]?.Add(Value.FromTape(reader.Tape, reader.Tape.Root), reader.At);
            using var run = context.Runs.Rent();
            run.Document = reader.Tape;
            run.Body = body;
            run.Attributes = attributes;
            run.Now = now;
            await RunAsync(run, pipelines[i]).ConfigureAwait(false);
        }
    }

    private async ValueTask RunAsync(PipelineRun run, FileProgress pipeline)
    {
        if (!pipeline.Pipeline.TryIdentify(run, out _, out _, out var finding))
        {
            pipeline.Failed(finding);
            return;
        }

        try
        {
            var outcome = await pipeline.Pipeline.RunAsync(run, cancellationToken).ConfigureAwait(false);
            if (outcome.State == MessageState.Dead) pipeline.Failed(outcome.Findings);
            else pipeline.Passed();
        }
        catch (HeldException)
        {
            // It lacks nothing that will not come: it waits once it is accepted.
            pipeline.Passed();
        }
    }
}
