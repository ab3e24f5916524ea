using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Claims;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Runtime;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Json;

namespace Hub.Core.Ingress;

/// <summary>Some records of one payload that are committed together, and the count of all before them.</summary>
internal sealed class RecordChunk(FlowContext context, Admissions admissions, string name)
{
    /// <summary>Records of one commit.</summary>
    private const int Records = 256;

    /// <summary>Bytes of one commit, roughly.</summary>
    private const long Bytes = 4 * 1024 * 1024;

    /// <summary>Ids told to the sender; a file of a million records needs no such list.</summary>
    private const int MessagesTold = 1_000;

    private readonly List<(Admission Admission, long Record, bool Unreadable)> _admissions = [];
    private readonly List<AcceptedMessage> _messages = [];
    private Utf8JsonOutput? _json;
    private long _bytes;
    private long _accepted;
    private long _duplicates;
    private long _malformed;
    private long _records;
    private Finding? _first;

    /// <summary>The payload that is kept apart and that these messages are about; null for none.</summary>
    public MessageId? Claim { get; init; }

    /// <summary>A message refers to the claim.</summary>
    public bool KeepsClaim { get; private set; }

    /// <summary>The journal has a link from the claim to its messages.</summary>
    public bool IsLinked { get; private set; }

    public bool IsFull => _admissions.Count >= Records || _bytes >= Bytes;

    public bool IsEmpty => _records == 0;

    /// <summary>The admissions that follow are of the next record.</summary>
    public void BeginRecord() => _records++;

    public void Add(in Admission admission, Finding? unreadable = null)
    {
        _admissions.Add((admission, _records, unreadable is not null));
        _bytes += admission.Size;
        _first ??= unreadable;
    }

    /// <summary>A record as UTF-8 JSON.</summary>
    public byte[] Json(Tape tape)
    {
        _json ??= new Utf8JsonOutput();
        _json.Clear();
        TapeJson.Write(tape, tape.Root, _json);
        return _json.Written.ToArray();
    }

    /// <returns>Why nothing of this chunk was kept; null when all of it was.</returns>
    public async ValueTask<IngressResult?> CommitAsync()
    {
        if (_admissions.Count == 0) return null;
        var operations = new List<JournalOperation>(_admissions.Count);
        foreach (var (admission, _, _) in _admissions)
        {
            if (admission.Operation is { } operation) operations.Add(operation);
        }

        if (Claim is { } claim) operations.Add(ClaimLinks.Write(claim, _admissions.Select(a => a.Admission.Record.Id), context.Clock.GetUtcNow()));
        try
        {
            FaultPoint.Reach(FaultPoint.Received);
            await context.Journal.CommitAsync(operations).ConfigureAwait(false);
            FaultPoint.Reach(FaultPoint.Committed);
        }
        catch (JournalException error)
        {
            return Dropped(Refusals.NotWritten(error));
        }
        catch (ObjectDisposedException)
        {
            return Dropped(Refusals.Stopped());
        }

        IsLinked = Claim is not null;
        List<UnackedMessage>? unacked = null;

        // A record is new when it is new to one of its pipelines.
        for (var i = 0; i < _admissions.Count;)
        {
            var (_, record, unreadable) = _admissions[i];
            var isNew = false;
            for (; i < _admissions.Count && _admissions[i].Record == record; i++)
            {
                var message = admissions.Committed(_admissions[i].Admission, out var kept);
                if (kept is not null) (unacked ??= []).Add(kept);
                isNew |= !message.Duplicate;
                KeepsClaim |= !message.Duplicate && _admissions[i].Admission.Operation is not null;
                if (_messages.Count < MessagesTold) _messages.Add(message);
            }

            if (unreadable) _malformed++;
            else if (isNew) _accepted++;
            else _duplicates++;
        }

        Clear();
        IngressResult? left = null;
        foreach (var kept in unacked ?? [])
        {
            left = await Admissions.EndAsync(kept).ConfigureAwait(false) ?? left;
            KeepsClaim |= left is not null || kept.Message.InJournal;
        }

        return left;
    }

    /// <summary>The answer to the payload: what was kept of it, and why it ended early when it did.</summary>
    public IngressResult Result(IngressResult? failed)
    {
        var status = _accepted > 0 ? IngressStatus.Accepted
            : _duplicates > 0 ? IngressStatus.Duplicate
            : IngressStatus.Malformed;
        return new IngressResult
        {
            Status = failed?.Status ?? status,
            Messages = _messages,
            Accepted = _accepted,
            Duplicates = _duplicates,
            Malformed = _malformed,
            Finding = failed?.Finding ?? (_first is { } first && first.At.IsNone ? first with { At = SourcePosition.WholeFile(name) } : _first),
            RetryAfter = failed?.RetryAfter,
        };
    }

    private IngressResult Dropped(IngressResult answer)
    {
        foreach (var (admission, _, _) in _admissions) admissions.Drop(admission);
        Clear();
        return answer;
    }

    private void Clear()
    {
        _admissions.Clear();
        _bytes = 0;
    }
}
