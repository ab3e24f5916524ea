using System.Threading.Channels;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Runtime;
using Mappings.Xrefs;

namespace Hub.Core.Xrefs;

/// <summary>
/// Messages that were mapped without an entry of the identity map (<c>missing: later</c>) are mapped again when it arrives:
/// as a message of their own, accepted in the same commit in which the first one stops to wait, and only once. A message
/// whose lane has a newer one is left alone: the newer one has the entry, or waits for it itself.
/// </summary>
internal sealed class XrefRepairs(FlowContext context, MessageFlow flow, Func<HubDefinition?> definition, Func<CancellationToken, ValueTask> waitForRoom) : IAsyncDisposable
{
    private const int Keys = 256;

    private static readonly TimeSpan JournalPause = TimeSpan.FromSeconds(1);

    private readonly Channel<XrefKey?> _arrived = Channel.CreateUnbounded<XrefKey?>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;
    private int _waiting;
    private bool _stopped;

    /// <summary>What a crash left undone is done first.</summary>
    public void Start() => _work = WorkAsync();

    /// <summary>Entries are durable; called on the committing thread.</summary>
    public void Arrived(IReadOnlyList<XrefEntry> entries)
    {
        lock (context.Dispatcher.Sync)
        {
            // What comes while the hub stops is overdue at the next start.
            if (_stopped) return;
            Count(entries.Count);
        }

        foreach (var entry in entries) _arrived.Writer.TryWrite(entry.Key);
    }

    /// <summary>Somebody who was to do it is gone: what is left undone is looked for.</summary>
    public void LookAgain()
    {
        lock (context.Dispatcher.Sync)
        {
            if (_stopped) return;
            Count(1);
        }

        _arrived.Writer.TryWrite(null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        _stop.Dispose();
        lock (context.Dispatcher.Sync)
        {
            _stopped = true;
            Count(-_waiting);
            context.Dispatcher.SignalQuiet();
        }
    }

    /// <summary>The hub is not quiet while entries wait to be looked at; under the lock.</summary>
    private void Count(int keys)
    {
        _waiting += keys;
        context.Dispatcher.Pending += keys;
    }

    private async Task WorkAsync()
    {
        try
        {
            await RepairAsync(token => context.Store.FindOverdueAsync(token)).ConfigureAwait(false);
            var keys = new List<XrefKey>(Keys);
            while (await _arrived.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false))
            {
                keys.Clear();
                var taken = 0;
                for (; taken < Keys && _arrived.Reader.TryRead(out var next); taken++)
                {
                    if (next is { } key) keys.Add(key);
                }

                if (taken > keys.Count) await RepairAsync(token => context.Store.FindOverdueAsync(token)).ConfigureAwait(false);
                if (keys.Count > 0) await RepairAsync(token => context.Store.FindWantedAsync(keys, token)).ConfigureAwait(false);
                lock (context.Dispatcher.Sync)
                {
                    Count(-taken);
                    context.Dispatcher.SignalQuiet();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops; what is left is overdue at the next start.
        }
        catch (ObjectDisposedException)
        {
            // The journal closed before this did; the same.
        }
    }

    private async Task RepairAsync(Func<CancellationToken, ValueTask<IReadOnlyList<MessageId>>> find)
    {
        while (true)
        {
            try
            {
                foreach (var id in await find(_stop.Token).ConfigureAwait(false)) await RepairAsync(id).ConfigureAwait(false);
                return;
            }
            catch (JournalException away)
            {
                FlowLog.RepairsWait(context.Logger, away.Finding);
                await Task.Delay(JournalPause, context.Clock, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task RepairAsync(MessageId id)
    {
        if (await context.Store.FindAsync(id, _stop.Token).ConfigureAwait(false) is not { } view) return;
        await waitForRoom(_stop.Token).ConfigureAwait(false);
        var first = view.Message;
        var record = first with
        {
            Id = context.Journal.Ids.Next(),
            DedupeKey = $"r:{id}",
            Original = default,
            Attributes = first.Attributes with { RepairOf = id.ToString() },
            Revision = definition()?.Revision ?? first.Revision,
            ReceivedAt = context.Clock.GetUtcNow(),
        };
        var message = new ActiveMessage(flow, record, definition()?.Pipeline(record.Pipeline));
        var operation = new AcceptOperation(record, null) { Repairs = id };
        flow.Reserve(message);
        try
        {
            await context.Journal.CommitAsync(operation).ConfigureAwait(false);
        }
        catch (JournalException refused) when (refused.IsRefusal)
        {
            flow.Withdrawn(message);
            FlowLog.RepairRefused(context.Logger, id, refused.Finding);
            return;
        }
        catch
        {
            flow.Withdrawn(message);
            throw;
        }

        if (operation.IsSuperseded || operation.DuplicateOf != MessageId.None) flow.Withdrawn(message);
        else
        {
            context.Metrics.Received(record.Pipeline);
            flow.Committed(message, null, operation.Place);
        }
    }
}
