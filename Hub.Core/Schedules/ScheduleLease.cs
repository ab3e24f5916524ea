using Hub.Core.Journal;

namespace Hub.Core.Schedules;

/// <summary>A schedule's document as this node knows it. Whoever writes the next version has it; nobody's clock is asked.</summary>
internal sealed class ScheduleLease(string name, Journal.Journal journal, TimeProvider clock)
{
    private long _version;
    private long _seenAt;

    public ScheduleState? State { get; private set; }

    /// <summary>How long its document has been as it is, by this node's own measure.</summary>
    public TimeSpan Silent => clock.GetElapsedTime(_seenAt);

    /// <summary>Reads the document; one that is not there begins now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var record = await journal.Store.FindStateAsync(ScheduleState.Kind, name, cancellationToken).ConfigureAwait(false);
        if (record is not null && ScheduleState.Read(record.Body.Span) is { } state)
        {
            if (State is null || record.Version != _version) Seen(state, record.Version);
            return;
        }

        _version = record?.Version ?? 0;
        await WriteAsync(new ScheduleState { Watermark = clock.GetUtcNow() }).ConfigureAwait(false);
    }

    /// <summary>Writes the document over the version this node knows.</summary>
    /// <exception cref="JournalException"><see cref="JournalException.IsConflict"/>: another node has written it.</exception>
    public async Task WriteAsync(ScheduleState state)
    {
        var write = new WriteStateOperation(ScheduleState.Kind, name, _version, state.Write(), clock.GetUtcNow());
        await journal.CommitAsync(write).ConfigureAwait(false);
        Seen(state, write.Version);
    }

    private void Seen(ScheduleState state, long version)
    {
        State = state;
        _version = version;
        _seenAt = clock.GetTimestamp();
    }
}
