using Hub.Core.Journal;

namespace Hub.Storage.PostgreSql;

/// <summary>What a group changes in the ledger, gathered in memory and written once per pipeline at its commit.</summary>
internal sealed class LedgerCounts
{
    private readonly SortedDictionary<int, Counts> _pipelines = [];

    internal int Count => _pipelines.Count;

    /// <summary>In the order of the pipelines' numbers: two writers that share rows take them in the same order.</summary>
    internal IEnumerable<KeyValuePair<int, Counts>> All => _pipelines;

    internal void Received(int pipeline) => Of(pipeline).Received++;

    internal void Duplicate(int pipeline) => Of(pipeline).Duplicate++;

    internal void Counted(int pipeline, CountOperation operation)
    {
        var counts = Of(pipeline);
        counts.Received += operation.Received;
        counts.Delivered += operation.Delivered;
        counts.Filtered += operation.Filtered;
    }

    internal void Closed(int pipeline, MessageState state)
    {
        var counts = Of(pipeline);
        switch (state)
        {
            case MessageState.Delivered: counts.Delivered++; break;
            case MessageState.Filtered: counts.Filtered++; break;
            case MessageState.Dead: counts.Dead++; break;
            case MessageState.Open: break;
            default: throw new ArgumentOutOfRangeException(nameof(state), state, "A message has one of four states.");
        }
    }

    internal void Reopened(int pipeline) => Of(pipeline).Dead--;

    internal void Clear() => _pipelines.Clear();

    private Counts Of(int pipeline)
    {
        if (!_pipelines.TryGetValue(pipeline, out var counts)) _pipelines[pipeline] = counts = new Counts();
        return counts;
    }

    internal sealed class Counts
    {
        internal long Received;
        internal long Delivered;
        internal long Filtered;
        internal long Duplicate;
        internal long Dead;
    }
}
