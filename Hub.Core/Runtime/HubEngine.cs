using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Hub.Core.Ingress;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Hub.Core.Pipelines;
using Hub.Core.Schedules;
using Hub.Core.Xrefs;
using Mappings.Xrefs;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Runtime;

/// <summary>
/// The running hub: opens the journal, takes over what it holds open, then lets new messages in; swaps configurations; stops
/// without losing anything. Start, apply and stop are called one after the other.
/// </summary>
public sealed partial class HubEngine : IAsyncDisposable
{
    private const int LeaseBatch = 1_000;

    /// <summary>How long cancelled attempts have to end.</summary>
    private static readonly TimeSpan Cancelled = TimeSpan.FromSeconds(2);

    private readonly HubEngineOptions _options;
    private readonly ILogger _logger;
    private readonly Dispatcher _dispatcher;
    private readonly SystemTable _systems;
    private readonly HubIngress _ingress = new();
    private readonly HubMetrics _metrics = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FlowContext? _context;
    private MessageFlow? _flow;
    private volatile HubDefinition? _definition;
    private Scheduler? _scheduler;
    private XrefRepairs? _repairs;
    private bool _stopped;

    public HubEngine(HubEngineOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _logger = options.Loggers.CreateLogger("ConnectorHub.Engine");
        _dispatcher = new Dispatcher(options.Clock, options.Pumps);
        _systems = new SystemTable(_dispatcher, options, _logger);
        var gateway = new RequestGateway(_dispatcher, () => _flow?.Targets ?? TargetTable.Empty);
        Gateway = gateway;
        Xrefs = new XrefIndex(() => _context?.Store);
        Runs = new PipelineRunPool(gateway, Xrefs, options.Clock);
        _metrics.ObserveInFlight(() => _flow?.Room.Count ?? 0);
    }

    /// <summary>The door for messages; refuses until the engine has started and once it stops.</summary>
    public IIngress Ingress => _ingress;

    /// <summary>How steps ask other systems.</summary>
    public IRequestGateway Gateway { get; }

    /// <summary>What runs; null before the start.</summary>
    public HubDefinition? Definition => _definition;

    /// <summary>Messages accepted and not finished.</summary>
    public int InFlight => _flow?.Room.Count ?? 0;

    internal XrefIndex Xrefs { get; }

    internal PipelineRunPool Runs { get; }

    internal MessageFlow Flow => _flow ?? throw new InvalidOperationException("The engine has not been started.");

    internal FlowContext Context => _context ?? throw new InvalidOperationException("The engine has not been started.");

    internal SystemTable Systems => _systems;

    internal HubEngineOptions Options => _options;

    /// <summary>
    /// Opens the journal and takes over all open messages before anything new is accepted.
    /// </summary>
    /// <exception cref="JournalException">The journal cannot be opened; nothing was touched.</exception>
    public async Task StartAsync(HubDefinition definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var journal = await Journal.Journal.OpenAsync(_options.Store, _options.Clock, _options.Journal, cancellationToken).ConfigureAwait(false);
        journal.HealthChanged += health =>
        {
            if (health.Finding is { } finding) RuntimeLog.JournalDown(_logger, finding);
            else RuntimeLog.JournalBack(_logger);
        };
        journal.Refused += (_, finding) => RuntimeLog.JournalRefused(_logger, finding);
        var spool = Path.Combine(_options.DataFolder, ".spool");
        PayloadSource.Clean(spool);
        if (_options.Claims is { } claims) await claims.OpenAsync(cancellationToken).ConfigureAwait(false);
        _context = new FlowContext
        {
            Dispatcher = _dispatcher,
            Journal = journal,
            Runs = Runs,
            Clock = _options.Clock,
            Random = _options.Random,
            Metrics = _metrics,
            Logger = _options.Loggers.CreateLogger("ConnectorHub.Delivery"),
            InFlightLimit = definition.InFlight,
            BodyBudget = _options.BodyBudget,
            SpoolFolder = spool,
            Claims = _options.Claims,
            IsShared = _options is { Node: not null, Store: INodeStore },
        };
        Runs.Flow = _context;
        _flow = new MessageFlow(_context);
        _repairs = new XrefRepairs(_context, _flow, () => _definition, _ingress.WaitForRoomAsync);
        journal.XrefsRecorded += XrefsRecorded;
        _definition = definition;
        await _systems.ApplyAsync(definition, targets => _flow.Targets = targets).ConfigureAwait(false);
        var open = await BeginAsync(journal, definition, cancellationToken).ConfigureAwait(false);
        RuntimeLog.Started(_logger, definition.Revision, open, _flow.HeldLanes());
        _dispatcher.Open();
        _repairs.Start();
        _ingress.Open(definition, _context, _flow);
        await _systems.ReceiveAsync(definition, _ingress).ConfigureAwait(false);
        _flow.Delayed.Start();
        _scheduler = new Scheduler(_context);
        await _scheduler.ApplyAsync(Jobs(definition)).ConfigureAwait(false);
    }

    /// <summary>
    /// Swaps the configuration. Pipelines that run finish with the version they began with; every further attempt to deliver
    /// uses the new systems. A pending delivery whose endpoint is gone becomes a dead letter (DLV605) when its next attempt is
    /// due, and can be replayed when the endpoint is back.
    /// </summary>
    public async Task ApplyAsync(HubDefinition definition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_stopped) return;
            await _systems.ApplyAsync(definition, targets => Flow.Targets = targets).ConfigureAwait(false);
            _definition = definition;
            Flow.Room.Limit = definition.InFlight;
            _ingress.Open(definition, Context, Flow);
            await RebuildHoldsAsync(cancellationToken).ConfigureAwait(false);
            await _systems.ReceiveAsync(definition, _ingress).ConfigureAwait(false);
            if (_scheduler is not null) await _scheduler.ApplyAsync(Jobs(definition)).ConfigureAwait(false);
            RuntimeLog.Applied(_logger, definition.Revision);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Takes nothing new, lets running attempts end within the stop limit, writes what is known to the journal and closes all.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_stopped) return;
            _stopped = true;
            _ingress.Close();
            if (_repairs is not null) await _repairs.DisposeAsync().ConfigureAwait(false);
            if (_flow is not null) await _flow.Delayed.DisposeAsync().ConfigureAwait(false);
            if (_scheduler is not null) await _scheduler.DisposeAsync().ConfigureAwait(false);

            // Receivers end when they know what became of all they handed in.
            var unacked = _flow?.Unacked.DrainAsync(_options.StopLimit) ?? Task.CompletedTask;
            await _systems.StopReceivingAsync().ConfigureAwait(false);
            await unacked.ConfigureAwait(false);
            _nodes?.BeginLeaving();
            _dispatcher.Close();
            if (_context is not null && _flow is not null) await DrainAsync(_flow, cancellationToken).ConfigureAwait(false);
            using var now = new CancellationTokenSource();
            await now.CancelAsync().ConfigureAwait(false);
            await _systems.CloseAsync(now.Token).ConfigureAwait(false);
            if (_context is not null)
            {
                PostCounts();
                if (_nodes is not null) await _nodes.LeaveAsync().ConfigureAwait(false);
                await _context.Journal.DisposeAsync().ConfigureAwait(false);
            }

            if (_options.Claims is IAsyncDisposable claims) await claims.DisposeAsync().ConfigureAwait(false);
            _flow?.Pipelines.Dispose();
            _dispatcher.Dispose();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Completes when everything that was accepted is delivered, filtered or dead, and the journal knows it.
    /// </summary>
    /// <exception cref="TimeoutException">The token was cancelled before; the message is a table of what is in flight.</exception>
    public async Task WaitForIdleAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task empty;
            lock (_dispatcher.Sync) empty = Flow.Room.WhenEmpty();
            try
            {
                await empty.WaitAsync(cancellationToken).ConfigureAwait(false);
                PostCounts();
                await Context.Journal.FlushAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException(InFlightReport.Render(this));
            }

            if (InFlight == 0) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _metrics.Dispose();
        _turn.Dispose();
    }

    /// <summary>Gives the journal the counts of messages that were never rows.</summary>
    internal void PostCounts()
    {
        lock (_dispatcher.Sync) _flow?.Unacked.Counts.Post();
    }

    /// <summary>Opens a dead message again and follows it; the commit decides whether it is dead.</summary>
    internal async Task<bool> ReplayAsync(MessageId id, string reason)
    {
        var operation = new ReplayOperation(id, reason, _options.Clock.GetUtcNow());
        await Context.Journal.CommitAsync(operation).ConfigureAwait(false);
        if (operation.Reopened is not { } open) return false;
        Flow.Adopt(open, _definition!.Pipeline(open.Message.Pipeline), replayed: true);
        return true;
    }

    /// <summary>Brings entries into the identity map.</summary>
    internal async Task<RecordXrefsOperation> RecordXrefsAsync(IReadOnlyList<XrefEntry> entries)
    {
        var operation = new RecordXrefsOperation(entries, _options.Clock.GetUtcNow());
        await Context.Journal.CommitAsync(operation).ConfigureAwait(false);
        RuntimeLog.XrefsRecorded(_logger, operation.Added, operation.Changed);
        return operation;
    }

    /// <summary>Forgets closed messages that were accepted before a time; lanes held for a dead letter that went go on.</summary>
    /// <returns>How many messages went.</returns>
    public async Task<int> PurgeAsync(DateTimeOffset before, bool dead, int limit, CancellationToken cancellationToken)
    {
        var operation = new PurgeOperation(before, dead, limit);
        await Context.Journal.CommitAsync(operation).ConfigureAwait(false);
        if (dead && operation.Purged > 0) await RebuildHoldsAsync(cancellationToken).ConfigureAwait(false);
        return operation.Purged;
    }

    /// <summary>Holds lanes for the dead letters that are there, and lets those go on whose letters are gone.</summary>
    internal async Task RebuildHoldsAsync(CancellationToken cancellationToken)
    {
        await Context.Journal.FlushAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        Flow.RebuildHolds(await Context.Journal.Store.ReadDeadLanesAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Does something with the connection of every system, side by side; a reload closes none of them meanwhile.</summary>
    internal async Task<TResult[]> WithConnectionsAsync<TResult>(Func<SystemDefinition, ISystemConnection, Task<TResult>> action, CancellationToken cancellationToken)
    {
        List<(string System, SystemConnection Connection)> used;
        HubDefinition definition;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            used = _systems.Use();
            definition = _definition!;
        }
        finally
        {
            _turn.Release();
        }

        return await Task.WhenAll(used.Select(async open =>
        {
            try
            {
                return await action(definition.Systems.First(s => s.Name == open.System), open.Connection.Connection).ConfigureAwait(false);
            }
            finally
            {
                lock (_dispatcher.Sync) open.Connection.Release();
            }
        })).ConfigureAwait(false);
    }

    /// <summary>Entries of the identity map are durable: whoever waits for them goes on. Called on the committing thread.</summary>
    private void XrefsRecorded(IReadOnlyList<XrefEntry> entries)
    {
        Xrefs.Recorded(entries);
        lock (_dispatcher.Sync)
        {
            foreach (var entry in entries) Flow.Pipelines.Holds.Wake(entry.Key);
        }

        _repairs?.Arrived(entries);
    }

    private List<ScheduledJob> Jobs(HubDefinition definition) =>
        [new ScheduledJob(definition.Retention, new RetentionSweep(this, _options.Clock).RunAsync), .. _options.Jobs];

    private async Task<int> TakeOverAsync(IJournalStore store, HubDefinition definition, CancellationToken cancellationToken)
    {
        var after = MessageId.None;
        var count = 0;
        while (true)
        {
            var batch = await store.LeaseAsync(after, LeaseBatch, cancellationToken).ConfigureAwait(false);
            if (batch.Count == 0) return count;
            foreach (var open in batch) Flow.Adopt(open, definition.Pipeline(open.Message.Pipeline), replayed: false);
            count += batch.Count;
            after = batch[^1].Message.Id;
        }
    }

    private async Task DrainAsync(MessageFlow flow, CancellationToken cancellationToken)
    {
        var quiet = _dispatcher.WhenQuietAsync();
        try
        {
            await quiet.WaitAsync(_options.StopLimit, _options.Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            RuntimeLog.Interrupted(_logger, _dispatcher.Running, _options.StopLimit);
        }

        flow.Attempts.Stop();
        flow.Pipelines.Stop();
        _dispatcher.CancelRunning(_systems.Gates);
        try
        {
            await _dispatcher.WhenQuietAsync().WaitAsync(Cancelled, _options.Clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // A connector that heeds no cancellation is left behind: what it still does is not recorded, and is done again.
        }
    }
}
