using Hub.Core.Journal;

namespace Hub.Core.Delivery;

/// <summary>
/// Bounds the memory that bodies of waiting messages take. Beyond the budget a newcomer's bodies are given back at once
/// (the journal has them) and read again, a batch at a time, when its system's turn comes. Under the dispatcher's lock.
/// </summary>
internal sealed class BodyMemory
{
    private const int BatchCount = 64;
    private const long BatchBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly MessageFlow _flow;
    private readonly FlowContext _context;
    private readonly Dispatcher _dispatcher;

    public BodyMemory(MessageFlow flow, FlowContext context)
    {
        _flow = flow;
        _context = context;
        _dispatcher = context.Dispatcher;
        _dispatcher.LoadBodies = LoadFor;
    }

    /// <summary>Bytes held now.</summary>
    public long Used { get; private set; }

    /// <summary>Counts what a message holds; called before its turn, while nothing of it runs.</summary>
    public void Hold(ActiveMessage message)
    {
        var needsBody = message.Deliveries is null;
        var bytes = 0L;
        foreach (var delivery in message.Deliveries ?? [])
        {
            needsBody |= delivery.UsesMessageBody;
            bytes += delivery.OwnLength;
        }

        if (needsBody) bytes += message.BodyLength;
        else message.Body = default;
        message.HeldBytes = bytes;
        Used += bytes;
        if (Used > _context.BodyBudget) Evict(message);
    }

    public void Release(ActiveMessage message)
    {
        Used -= message.HeldBytes;
        message.HeldBytes = 0;
    }

    /// <summary>Gives back what a delivery holds that has to wait again, when memory is short.</summary>
    public void Waits(ActiveDelivery delivery)
    {
        if (Used > _context.BodyBudget) Evict(delivery.Message);
    }

    private static bool IsInUse(ActiveDelivery delivery) => delivery.IsRunning || delivery.Stage is DeliveryStage.Loaded;

    private void Evict(ActiveMessage message)
    {
        if (!message.InJournal) return;

        // A pipeline that runs reads the body; its outcome decides what is held afterwards.
        if (message.PipelineBusy && message.Deliveries is null) return;
        var keepBody = false;
        foreach (var delivery in message.Deliveries ?? [])
        {
            if (delivery.UsesMessageBody) keepBody |= IsInUse(delivery);
            else if (!delivery.OwnBodyEvicted && !IsInUse(delivery))
            {
                delivery.OwnBody = default;
                delivery.OwnBodyEvicted = true;
                Give(message, delivery.OwnLength);
            }
        }

        if (keepBody || message.BodyEvicted || message.Body.IsEmpty) return;
        message.Body = default;
        message.BodyEvicted = true;
        Give(message, message.BodyLength);
    }

    private void Give(ActiveMessage message, int bytes)
    {
        message.HeldBytes -= bytes;
        Used -= bytes;
    }

    private void Take(ActiveMessage message, int bytes)
    {
        message.HeldBytes += bytes;
        Used += bytes;
    }

    private void LoadFor(Gate gate)
    {
        if (gate.Loading || gate.TakeUnloaded() is not ActiveDelivery first) return;
        var batch = new List<ActiveDelivery>();
        var bytes = 0L;
        for (var delivery = first; delivery is not null; delivery = gate.TakeUnloaded() as ActiveDelivery)
        {
            delivery.Stage = DeliveryStage.Loading;
            batch.Add(delivery);
            bytes += delivery.UsesMessageBody ? delivery.Message.BodyLength : delivery.OwnLength;
            if (batch.Count == BatchCount || bytes >= BatchBytes) break;
        }

        gate.Loading = true;
        _dispatcher.Pending++;
        _ = LoadAsync(gate, batch);
    }

    private async Task LoadAsync(Gate gate, List<ActiveDelivery> batch)
    {
        // The caller holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        IReadOnlyList<PendingDelivery>? read = null;
        try
        {
            read = await _context.Store.ReadDeliveriesAsync([.. batch.Select(d => d.Id)], CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // Whatever kept them from being read, they are needed: read again until it works.
            FlowLog.BodiesUnread(_context.Logger, batch.Count, error.Message);
        }

        lock (_dispatcher.Sync)
        {
            _dispatcher.Pending--;
            if (read is null) _dispatcher.Timers.Schedule(new Again(this, gate, batch), _dispatcher.Timers.Now + Pause);
            else Loaded(gate, batch, read);
            _dispatcher.SignalQuiet();
        }
    }

    private void Loaded(Gate gate, List<ActiveDelivery> batch, IReadOnlyList<PendingDelivery> read)
    {
        var bodies = new Dictionary<DeliveryId, ReadOnlyMemory<byte>?>(read.Count);
        foreach (var pending in read) bodies[pending.Id] = pending.Record.Body;
        gate.Loading = false;
        foreach (var delivery in batch)
        {
            if (delivery.IsDropped) continue;
            if (!bodies.TryGetValue(delivery.Id, out var body) || body is not { } bytes)
            {
                _flow.Vanished(delivery);
                continue;
            }

            if (!delivery.UsesMessageBody)
            {
                delivery.OwnBody = bytes;
                delivery.OwnBodyEvicted = false;
                Take(delivery.Message, delivery.OwnLength);
            }
            else if (delivery.Message.BodyEvicted)
            {
                delivery.Message.Body = bytes;
                delivery.Message.BodyEvicted = false;
                Take(delivery.Message, delivery.Message.BodyLength);
            }

            delivery.Stage = DeliveryStage.Loaded;
            gate.AddLoaded(delivery);
        }

        _dispatcher.Ready(gate);
    }

    private sealed class Again(BodyMemory memory, Gate gate, List<ActiveDelivery> batch) : ITimed
    {
        public void Due(TimeSpan now)
        {
            memory._dispatcher.Pending++;
            _ = memory.LoadAsync(gate, batch);
        }
    }
}
