using System.Runtime.InteropServices;
using Hub.Core.Journal;

namespace Hub.Core.Delivery;

/// <summary>Counts of messages that were never rows, gathered on their way to the ledger: four commits a second at most. Under the dispatcher's lock.</summary>
internal sealed class LedgerCounts(FlowContext context) : ITimed
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<string, (long Delivered, long Filtered)> _counts = [];
    private bool _armed;

    public void Delivered(string pipeline)
    {
        Of(pipeline).Delivered++;
        Arm();
    }

    public void Filtered(string pipeline)
    {
        Of(pipeline).Filtered++;
        Arm();
    }

    /// <summary>Gives the journal what there is.</summary>
    public void Post()
    {
        foreach (var (pipeline, counts) in _counts) context.Journal.Post(new CountOperation(pipeline, counts.Delivered, counts.Filtered));
        _counts.Clear();
    }

    void ITimed.Due(TimeSpan now)
    {
        _armed = false;
        Post();
    }

    private ref (long Delivered, long Filtered) Of(string pipeline) => ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, pipeline, out _);

    private void Arm()
    {
        if (_armed) return;
        _armed = true;
        context.Dispatcher.Timers.Schedule(this, context.Dispatcher.Timers.Now + Period);
    }
}
