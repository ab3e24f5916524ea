using System.Threading.Channels;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Runtime;

namespace Hub.Core.Nodes;

/// <summary>
/// This hub's membership among the nodes that share a journal (docs/decisions/0010): renews its lease, lets nothing begin once
/// it may be over, fences nodes whose lease is over, moves lane groups by the plan, and joins anew when it was fenced itself.
/// </summary>
internal sealed class NodeMembership : IAsyncDisposable
{
    /// <summary>Before something that failed is tried again.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Renewals in the time of one lease.</summary>
    private const int Renewals = 3;

    private readonly INodeStore _store;
    private readonly NodeOptions _node;
    private readonly FlowContext _context;
    private readonly MessageFlow _flow;
    private readonly Func<HubDefinition?> _definition;
    private readonly NodeMoves _moves;
    private readonly Action<NodeSignal> _signalled;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _timer;
    private Task _work = Task.CompletedTask;
    private long _epoch;
    private volatile bool _isLeaving;
    private bool _isFenced;
    private string? _trouble;
    private int _collecting;
    private int _wanted;

    /// <param name="store">The journal's store.</param>
    /// <param name="node">Who this is.</param>
    /// <param name="context">The journal, the clock and the dispatcher.</param>
    /// <param name="flow">Has lane groups.</param>
    /// <param name="definition">What runs.</param>
    /// <param name="signalled">Other nodes have recorded entries of the identity map or purged dead letters.</param>
    /// <param name="adopted">Groups of others were taken: what their nodes left undone is to be looked for.</param>
    public NodeMembership(
        INodeStore store, NodeOptions node, FlowContext context, MessageFlow flow, Func<HubDefinition?> definition, Action<NodeSignal> signalled, Action adopted)
    {
        _store = store;
        _node = node;
        _context = context;
        _flow = flow;
        _definition = definition;
        _signalled = signalled;
        _moves = new NodeMoves(store, context, flow, definition, adopted);
        _timer = context.Clock.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        context.Journal.HealthChanged += health =>
        {
            if (health.Finding?.Code == JournalException.Fenced) Wake();
        };
    }

    /// <summary>This node's epoch; 0 while it is no member.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    public NodeOptions Node => _node;

    public INodeStore Store => _store;

    /// <summary>Joins and takes what nobody has.</summary>
    /// <exception cref="JournalException">The node cannot join.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _store.Committed = commit => _flow.Brought(commit, name => _definition()?.Pipeline(name));
        _store.Signalled = Signalled;
        await JoinAsync(first: true, cancellationToken).ConfigureAwait(false);
        await BeatAsync().ConfigureAwait(false);
        await _moves.Taking.ConfigureAwait(false);
        _work = WorkAsync();
        _timer.Change(_node.Lease / Renewals, _node.Lease / Renewals);
        Wake();
    }

    /// <summary>Begins to give everything up.</summary>
    public void BeginLeaving()
    {
        _isLeaving = true;
        Wake();
    }

    /// <summary>Ends the membership after all that was given to the journal before; nothing of this node runs any more.</summary>
    public async Task LeaveAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        try
        {
            if (_context.Journal.Health.Available) await _context.Journal.CommitAsync(new LeaveOperation()).ConfigureAwait(false);
        }
        catch (Exception late) when (late is JournalException or ObjectDisposedException)
        {
            // The others wait for the end of the lease.
            NodeLog.NotLeft(_context.Logger, _node.Name, late.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        if (!_stop.IsCancellationRequested) await _stop.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
    }

    private void Wake() => _wake.Writer.TryWrite(true);

    private async Task WorkAsync()
    {
        try
        {
            while (await _wake.Reader.ReadAsync(_stop.Token).ConfigureAwait(false)) await BeatAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }

    private async Task BeatAsync()
    {
        try
        {
            if (_isFenced)
            {
                await JoinAsync(first: false, _stop.Token).ConfigureAwait(false);
                _isFenced = false;
            }

            // From before the question: the lease begins when the store answers it, which is later.
            var asked = _context.Dispatcher.Timers.Now;
            if (await _store.RenewAsync(Beat(), _stop.Token).ConfigureAwait(false) is not { } board)
            {
                Fenced();
                return;
            }

            _context.Dispatcher.Lease(asked + _node.Lease);
            _context.Journal.Ids.Follow(board.Now - _context.Clock.GetUtcNow());
            if (_trouble is not null) NodeLog.Renewed(_context.Logger, _node.Name);
            _trouble = null;
            await LookAsync(board).ConfigureAwait(false);
        }
        catch (JournalException error)
        {
            if (_trouble != error.Finding.Code) NodeLog.NotRenewed(_context.Logger, _node.Name, error.Finding);
            _trouble = error.Finding.Code;
        }
    }

    private async Task LookAsync(NodeBoard board)
    {
        var isFreed = false;
        foreach (var dead in board.Nodes.Where(n => !n.IsAlive && n.Epoch != Epoch))
        {
            if (!await _store.FenceAsync(dead.Epoch, _stop.Token).ConfigureAwait(false)) continue;
            NodeLog.TakenForDead(_context.Logger, dead.Name, dead.Epoch);
            isFreed = true;
        }

        // What became free is taken with the next look, which is at once.
        if (isFreed) Wake();
        ulong settled;
        lock (_context.Dispatcher.Sync) settled = _flow.Groups!.Settled;
        var (giveUp, take) = _isLeaving ? (settled, 0UL) : LanePlan.Moves(board, Epoch, settled);
        _moves.Begin(giveUp, take);
        if (board.HasHandedOver) Collect();
    }

    private async Task JoinAsync(bool first, CancellationToken cancellationToken)
    {
        var asked = _context.Dispatcher.Timers.Now;
        var joined = await _store.JoinAsync(_node, Beat(), first, cancellationToken).ConfigureAwait(false);
        _context.Journal.Ids.Share(joined.Slot, joined.Highest, joined.Now - _context.Clock.GetUtcNow());
        Volatile.Write(ref _epoch, joined.Epoch);
        _context.Dispatcher.Lease(asked + _node.Lease);
        _context.Journal.Resume();
        NodeLog.Joined(_context.Logger, _node.Name, joined.Epoch);
    }

    /// <summary>Others have this node's lanes: nothing of what it knows of them holds any more.</summary>
    private void Fenced()
    {
        NodeLog.WasFenced(_context.Logger, _node.Name, Epoch);
        _isFenced = true;
        Volatile.Write(ref _epoch, 0);
        _context.Dispatcher.Lease(TimeSpan.Zero);
        _flow.DropGroups(LaneGroups.All);
        _context.Journal.Abandon(NodeFindings.Fenced(_node.Name));
        _signalled(NodeSignal.Everything);
        Wake();
    }

    private Heartbeat Beat() => new(_definition()?.Revision ?? string.Empty, _isLeaving, _context.Clock.GetUtcNow());

    private void Signalled(NodeSignal signal)
    {
        if (signal.HasMoves) Wake();
        ulong settled;
        lock (_context.Dispatcher.Sync) settled = _flow.Groups!.Settled;
        if ((signal.HandedOver & settled) != 0) Collect();
        if (signal.HasLostLetters || signal.Xrefs is null or { Count: > 0 }) _signalled(signal);
    }

    /// <summary>Has a commit bring what was handed over; one at a time, and another when more was told of meanwhile.</summary>
    private void Collect()
    {
        Volatile.Write(ref _wanted, 1);
        if (Interlocked.Exchange(ref _collecting, 1) == 0) _ = CollectAsync();
    }

    private async Task CollectAsync()
    {
        do
        {
            while (Interlocked.Exchange(ref _wanted, 0) == 1)
            {
                try
                {
                    await _context.Journal.CommitAsync(new CollectOperation()).ConfigureAwait(false);
                }
                catch (Exception later) when (later is JournalException or ObjectDisposedException)
                {
                    // The next commit or the next renewal brings it.
                    break;
                }
            }

            Volatile.Write(ref _collecting, 0);
        }
        while (Volatile.Read(ref _wanted) == 1 && Interlocked.Exchange(ref _collecting, 1) == 0);
    }
}
