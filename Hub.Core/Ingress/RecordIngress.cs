using System.Globalization;
using Hub.Abstractions;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Runtime;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Json;

namespace Hub.Core.Ingress;

/// <summary>
/// Payloads of any format and any number of records, for any number of pipelines: records are admitted as they are read and
/// committed in chunks, so that a file of a million records takes the memory of one chunk.
/// </summary>
internal sealed class RecordIngress(HubDefinition definition, FlowContext context, MessageFlow flow, Admissions admissions)
{
    public async ValueTask<IngressResult> AcceptAsync(EndpointDefinition endpoint, IncomingPayload payload, CancellationToken cancellationToken)
    {
        var refuse = payload.Malformed == MalformedPolicy.Refuse;
        if (refuse && payload.Stream is { } stream)
        {
            // Whole or not at all needs a look at the whole first.
            if (await BufferAsync(stream, definition.MaxBody, cancellationToken).ConfigureAwait(false) is not { } bytes)
                return Refusals.TooLarge(payload.Name, definition.MaxBody);
            payload = payload with { Body = bytes, Stream = null };
        }

        var options = endpoint.Format with { Reader = endpoint.Format.Reader with { File = payload.Name } };
        return endpoint.HasFileRules
            ? await AcceptFileAsync(endpoint, payload, options, cancellationToken).ConfigureAwait(false)
            : await AcceptRecordsAsync(endpoint, payload, options, null, Chunk(payload), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Accepts the document about a payload that is kept apart.</summary>
    /// <param name="payload">Holds the document.</param>
    /// <param name="claim">The payload's name in the claim store.</param>
    /// <returns>The answer; whether a message refers to the claim; whether the journal has a link to it.</returns>
    public async ValueTask<(IngressResult Answer, bool IsKept, bool IsLinked)> AcceptClaimAsync(
        EndpointDefinition endpoint, IncomingPayload payload, MessageId claim, CancellationToken cancellationToken)
    {
        var options = new FormatOptions { Reader = endpoint.Format.Reader with { File = payload.Name } };
        var chunk = new RecordChunk(context, admissions, payload.Name) { Claim = claim };
        var answer = await AcceptRecordsAsync(endpoint, payload, options, null, chunk, cancellationToken).ConfigureAwait(false);
        return (answer, chunk.KeepsClaim, chunk.IsLinked);
    }

    private RecordChunk Chunk(IncomingPayload payload) => new(context, admissions, payload.Name);

    /// <summary>A payload some of whose pipelines look at it as a whole: for those that take all or nothing it is read twice.</summary>
    private async ValueTask<IngressResult> AcceptFileAsync(EndpointDefinition endpoint, IncomingPayload payload, FormatOptions options, CancellationToken cancellationToken)
    {
        var whole = endpoint.Pipelines.Where(p => p.FileRules.IsAllOrNothing).Select(p => new FileProgress(p)).ToList();
        var source = await PayloadSource.OfAsync(payload, whole.Count > 0, context.SpoolFolder, cancellationToken).ConfigureAwait(false);
        await using var open = source.ConfigureAwait(false);
        try
        {
            if (whole.Count > 0)
            {
                using var reader = source.Open(options);
                await new FilePass(definition, context, cancellationToken).RunAsync(reader, payload, IsJson(options), whole).ConfigureAwait(false);
            }
        }
        catch (TransientException away)
        {
            return Refusals.Away(away);
        }

        var failed = whole.Where(p => p.HasFailed).ToList();
        if (failed.Count > 0 && payload.Malformed == MalformedPolicy.Refuse) return Refusals.Refused(failed[0], payload.Name);
        return await AcceptRecordsAsync(endpoint, payload, options, new FileAdmission(source, failed), Chunk(payload), cancellationToken).ConfigureAwait(false);
    }

    /// <param name="file">What is known of the file as a whole; null when no pipeline asks.</param>
    private async ValueTask<IngressResult> AcceptRecordsAsync(
        EndpointDefinition endpoint, IncomingPayload payload, FormatOptions options, FileAdmission? file, RecordChunk chunk, CancellationToken cancellationToken)
    {
        var refuse = payload.Malformed == MalformedPolicy.Refuse;
        var many = options.Format != MessageFormat.Json || options.Record is not null;
        if (many && payload.Stream is null && (refuse || payload.Attributes.EventId is not null))
        {
            var (records, fault) = Count(payload.Body, options);
            if (refuse && fault is not null) return Refusals.Malformed(fault);
            many = records > 1;
        }

        var targets = new RecordTargets(endpoint, file);
        await RefuseFilesAsync(endpoint, payload, file, chunk, cancellationToken).ConfigureAwait(false);
        using var reader = file is not null ? file.Source.Open(options) : payload.Stream is null ? FormatReader.Open(payload.Body, options) : FormatReader.Open(payload.Stream, options);
        while (!targets.AreAllDone)
        {
            var status = reader.Read();
            if (status == RecordStatus.End) break;
            if (status == RecordStatus.Record) Admit(endpoint, payload, reader, options, many, targets, chunk);
            else if (refuse) return Refusals.Malformed(reader.Error!);
            else AdmitUnreadable(endpoint, Attributes(payload, reader, many, targets), Rest(payload, reader, status), reader.Error!, targets, chunk);
            Stop(endpoint, payload, reader, targets, chunk);

            if (chunk.IsFull)
            {
                if (await chunk.CommitAsync().ConfigureAwait(false) is { } failed) return chunk.Result(failed);
                await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
            }

            if (status == RecordStatus.Broken) break;
        }

        if (reader.Warning is { } warning) RuntimeLog.ReadWithChanges(context.Logger, warning);
        if (chunk.IsEmpty)
        {
            var nothing = Refusals.NoRecords(payload.Name);
            if (refuse) return Refusals.Malformed(nothing);
            AdmitUnreadable(endpoint, Attributes(payload, reader, many: false, targets), payload.Body, nothing, targets, chunk);
        }

        return chunk.Result(await chunk.CommitAsync().ConfigureAwait(false)) with { Stopped = targets.Stopped };
    }

    /// <summary>Pipelines for which the file as a whole has failed get one dead message and nothing else of it.</summary>
    private async ValueTask RefuseFilesAsync(EndpointDefinition endpoint, IncomingPayload payload, FileAdmission? file, RecordChunk chunk, CancellationToken cancellationToken)
    {
        if (file is null || file.Failed.Count == 0) return;
        var bytes = await file.Source.BytesAsync(definition.MaxBody, cancellationToken).ConfigureAwait(false);
        chunk.BeginRecord();
        foreach (var pipeline in file.Failed)
        {
            var findings = Refusals.FileFindings(pipeline, payload.Name);
            chunk.Add(admissions.Unreadable(pipeline.Pipeline, endpoint.Name, bytes, payload.Attributes with { Origin = payload.Name }, findings, definition.Revision), findings[0]);
        }
    }

    /// <summary>Pipelines that have had enough of this file get one dead message for the rest of it.</summary>
    private void Stop(EndpointDefinition endpoint, IncomingPayload payload, IRecordReader reader, RecordTargets targets, RecordChunk chunk)
    {
        foreach (var pipeline in targets.TakeStopped())
        {
            var finding = Refusals.RestOfFile(pipeline, reader, payload.Name);
            targets.Stopped ??= finding;
            var rest = payload.Stream is null && reader.Offset >= 0 ? payload.Body[(int)Math.Min(payload.Body.Length, reader.Offset + reader.Original.Length)..] : default;
            chunk.Add(admissions.Unreadable(pipeline.Pipeline, endpoint.Name, rest, payload.Attributes with { Origin = reader.At.ToString() }, [finding, .. pipeline.Findings], definition.Revision), finding);
        }
    }

    /// <summary>One payload that is one unreadable record.</summary>
    public async ValueTask<IngressResult> DeadLetterAsync(EndpointDefinition endpoint, IncomingPayload payload, ReadOnlyMemory<byte> original, Finding finding)
    {
        var chunk = Chunk(payload);
        AdmitUnreadable(endpoint, payload.Attributes, original, finding, new RecordTargets(endpoint, null), chunk);
        return chunk.Result(await chunk.CommitAsync().ConfigureAwait(false));
    }

    private static (long Records, Finding? Fault) Count(ReadOnlyMemory<byte> body, FormatOptions options)
    {
        using var reader = FormatReader.Open(body, options);
        while (true)
        {
            switch (reader.Read())
            {
                case RecordStatus.Record: continue;
                case RecordStatus.End: return (reader.Index + 1, null);
                default: return (reader.Index + 2, reader.Error);
            }
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> BufferAsync(Stream stream, long limit, CancellationToken cancellationToken)
    {
        await using (stream.ConfigureAwait(false))
        {
            using var whole = new MemoryStream();
            var block = new byte[64 * 1024];
            int read;
            while ((read = await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (whole.Length + read > limit) return null;
                whole.Write(block, 0, read);
            }

            return whole.GetBuffer().AsMemory(0, (int)whole.Length);
        }
    }

    private static MessageAttributes Attributes(IncomingPayload payload, IRecordReader reader, bool many, RecordTargets targets)
    {
        var attributes = targets.File is { } file && file.Json(reader) is { } json ? payload.Attributes with { File = json } : payload.Attributes;
        if (!many) return attributes;
        return attributes with
        {
            EventId = attributes.EventId is { } id ? string.Create(CultureInfo.InvariantCulture, $"{id}#{reader.Index + 1}") : null,
            Origin = reader.At.ToString(),
        };
    }

    /// <summary>The bytes of a record that cannot be read; of a payload that cannot be read on, all that is left of it.</summary>
    private static ReadOnlyMemory<byte> Rest(IncomingPayload payload, IRecordReader reader, RecordStatus status)
    {
        if (status == RecordStatus.Broken && payload.Stream is null)
        {
            return reader.Offset > 0 && reader.Offset < payload.Body.Length ? payload.Body[(int)reader.Offset..] : payload.Body;
        }

        return reader.Original.ToArray();
    }

    private void Admit(
        EndpointDefinition endpoint, IncomingPayload payload, IRecordReader reader, FormatOptions options, bool many, RecordTargets targets, RecordChunk chunk)
    {
        var isJson = IsJson(options);
        var original = reader.Original.ToArray();
        var body = isJson ? original : chunk.Json(reader.Tape);
        var attributes = Attributes(payload, reader, many, targets);
        var now = context.Clock.GetUtcNow();
        chunk.BeginRecord();
        foreach (var pipeline in targets.Pipelines)
        {
            var run = context.Runs.Rent();
            if (Admissions.MayAsk(pipeline))
            {
                // The reader's tape is gone with the next record, and this pipeline may still wait for an answer then.
                if (!JsonTapeReader.TryRead(body, run.Builder, options.Reader, out var broken))
                {
                    run.Dispose();
                    chunk.Add(admissions.Unreadable(pipeline, endpoint.Name, original, attributes, [broken], definition.Revision), broken);
                    targets.Unreadable(pipeline, broken);
                    continue;
                }
            }
            else run.Document = reader.Tape;

            run.Body = body;
            run.Attributes = attributes;
            run.Now = now;
            var admission = admissions.Admit(pipeline, run, endpoint.Name, isJson ? default : original, definition.Revision);
            chunk.Add(admission);
            targets.Admitted(pipeline, admission);
        }
    }

    private void AdmitUnreadable(
        EndpointDefinition endpoint, MessageAttributes attributes, ReadOnlyMemory<byte> original, Finding finding, RecordTargets targets, RecordChunk chunk)
    {
        chunk.BeginRecord();
        foreach (var pipeline in targets.Pipelines)
        {
            targets.Unreadable(pipeline, finding);
            chunk.Add(admissions.Unreadable(pipeline, endpoint.Name, original, attributes, [finding], definition.Revision), finding);
        }
    }

    private static bool IsJson(FormatOptions options) => options.Format is MessageFormat.Json or MessageFormat.NdJson && options.Encoding.IsUtf8;

    private async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        Task? room;
        lock (flow.Dispatcher.Sync) room = flow.Room.WhenRoom();
        if (room is not null) await room.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
