using System.Runtime.InteropServices;
using Hub.Core.Journal;

namespace Hub.Storage.Sqlite;

/// <summary>What a group changes in the ledger, gathered in memory and written once per pipeline at its commit.</summary>
internal sealed class LedgerDeltas(SqliteConnection connection)
{
    private readonly Dictionary<long, Counts> _pipelines = [];

    private readonly SqliteStatement _move = connection.Prepare(
        """
        INSERT INTO ledger(pipeline, received, delivered, filtered, duplicate, dead) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT(pipeline) DO UPDATE SET received = received + ?2, delivered = delivered + ?3, filtered = filtered + ?4,
          duplicate = duplicate + ?5, dead = dead + ?6
        """);

    internal void Received(long pipeline) => Of(pipeline).Received++;

    internal void Duplicate(long pipeline) => Of(pipeline).Duplicate++;

    internal void Count(long pipeline, CountOperation operation)
    {
        ref var counts = ref Of(pipeline);
        counts.Received += operation.Received;
        counts.Delivered += operation.Delivered;
        counts.Filtered += operation.Filtered;
    }

    internal void Closed(long pipeline, MessageState state) => Move(pipeline, state, 1);

    internal void Reopened(long pipeline) => Move(pipeline, MessageState.Dead, -1);

    internal void Write()
    {
        foreach (var (pipeline, counts) in _pipelines)
        {
            _move.Bind(1, pipeline).Bind(2, counts.Received).Bind(3, counts.Delivered).Bind(4, counts.Filtered)
                .Bind(5, counts.Duplicate).Bind(6, counts.Dead).Run();
        }

        _pipelines.Clear();
    }

    internal void Forget() => _pipelines.Clear();

    private void Move(long pipeline, MessageState state, int by)
    {
        ref var counts = ref Of(pipeline);
        switch (state)
        {
            case MessageState.Delivered: counts.Delivered += by; break;
            case MessageState.Filtered: counts.Filtered += by; break;
            case MessageState.Dead: counts.Dead += by; break;
            case MessageState.Open: break;
            default: throw new ArgumentOutOfRangeException(nameof(state), state, "A message has one of four states.");
        }
    }

    private ref Counts Of(long pipeline) => ref CollectionsMarshal.GetValueRefOrAddDefault(_pipelines, pipeline, out _);

    private struct Counts
    {
        internal long Received;
        internal long Delivered;
        internal long Filtered;
        internal long Duplicate;
        internal long Dead;
    }
}
