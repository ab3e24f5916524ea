using Hub.Core.Journal;
using Hub.Core.Nodes;

namespace Hub.Core.Runtime;

/// <content>The hub as one of several on the same journal.</content>
public sealed partial class HubEngine
{
    private NodeMembership? _nodes;

    /// <summary>The nodes that share the journal; null when this hub is alone.</summary>
    internal NodeMembership? Nodes => _nodes;

    /// <summary>Takes in what is open: all of it, or what is in the lane groups that this node gets.</summary>
    private async Task<int> BeginAsync(Journal.Journal journal, HubDefinition definition, CancellationToken cancellationToken)
    {
        if (_options is { Node: { } node, Store: INodeStore shared })
        {
            _nodes = new NodeMembership(shared, node, Context, Flow, () => _definition, Signalled, _repairs!.LookAgain);
            await _nodes.StartAsync(cancellationToken).ConfigureAwait(false);
            return InFlight;
        }

        Flow.RebuildHolds(await journal.Store.ReadDeadLanesAsync(cancellationToken).ConfigureAwait(false));
        return await TakeOverAsync(journal.Store, definition, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Another node has done something that this one's memory has to follow.</summary>
    private void Signalled(NodeSignal signal)
    {
        if (signal.Xrefs is { } keys) Xrefs.Recorded(keys);
        else Xrefs.Forget();
        lock (_dispatcher.Sync)
        {
            if (signal.Xrefs is null) Flow.Pipelines.Holds.WakeAll();
            foreach (var key in signal.Xrefs ?? []) Flow.Pipelines.Holds.Wake(key);
        }

        if (signal.HasLostLetters) _ = FollowPurgeAsync();
    }

    private async Task FollowPurgeAsync()
    {
        try
        {
            await RebuildHoldsAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception late) when (late is JournalException or ObjectDisposedException)
        {
            // The lanes stay held until the next purge or start.
            RuntimeLog.HoldsNotRebuilt(_logger, late.Message);
        }
    }
}
