using Hub.Abstractions.Messages;
using Hub.Core.Configuration.Reload;
using Hub.Core.Delivery;
using Hub.Core.Journal;
using Hub.Core.Runtime;
using Mappings.Diagnostics;

namespace Hub.Core.Operations;

/// <summary>The operations of the engine in this process.</summary>
/// <param name="engine">Has been started.</param>
/// <param name="configuration">What reload says of the files; null when nothing is reloaded.</param>
public sealed class HubOperations(HubEngine engine, ConfigurationHolder<HubDefinition>? configuration = null) : IHubOperations
{
    private const int Page = 1_000;
    private const int MostDead = 20_000;
    private const int IdsShown = 20;
    private const int MostReplayed = 1_000;

    public Task<HubStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var health = engine.Context.Journal.Health;
        var reload = configuration is { HasCurrent: true } ? configuration.Current : null;
        return Task.FromResult(new HubStatus(
            engine.Definition?.Name ?? string.Empty,
            engine.Definition?.Revision ?? string.Empty,
            engine.InFlight,
            HeldCount(),
            health.Finding?.Message() ?? "available",
            Systems(),
            reload?.HeldBack ?? [],
            reload is null ? [] : [.. reload.LastFindings.Select(FindingView.Of)]));
    }

    public async Task<IReadOnlyList<MessageLine>> MessagesAsync(MessageQuery query, CancellationToken cancellationToken)
    {
        var messages = await engine.Context.Store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        var lines = new List<MessageLine>(messages.Count);
        foreach (var message in messages)
        {
            var reason = message.State switch
            {
                MessageState.Filtered => await FilteredByAsync(message.Id, cancellationToken).ConfigureAwait(false),
                MessageState.Open => Held(message.Id) is [var first, ..] ? first.ToString() : null,
                _ => message.Reason,
            };
            lines.Add(new MessageLine(message.Id.ToString(), message.Pipeline, message.Key, message.State, message.ReceivedAt, reason));
        }

        return lines;
    }

    public async Task<MessageExplanation?> ExplainAsync(MessageId id, CancellationToken cancellationToken)
    {
        // What was delivered a moment ago is told as delivered.
        await engine.Context.Journal.FlushAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        var view = await engine.Context.Store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (view is null) return null;
        var explanation = Explanation.Of(view, engine.Definition);
        return view is { State: MessageState.Open, Outcome: null } ? explanation with { Findings = [.. Held(id).Select(FindingView.Of)] } : explanation;
    }

    public async Task<MessageOrigins?> OriginsAsync(MessageId id, CancellationToken cancellationToken)
    {
        await engine.Context.Journal.FlushAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        var view = await engine.Context.Store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return view is null ? null : await Origins.OfAsync(view, engine.Definition, engine.Context.Runs, cancellationToken).ConfigureAwait(false);
    }

    public async Task<MessageSample?> SampleAsync(MessageId id, CancellationToken cancellationToken)
    {
        var view = await engine.Context.Store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return view is null ? null : await Samples.OfAsync(view, engine.Definition, engine.Context.Runs, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<DeadGroup>> DeadAsync(string? pipeline, CancellationToken cancellationToken)
    {
        var groups = new Dictionary<(string, string), (int Count, Finding Example, List<string> Ids)>();
        await foreach (var (id, view, error) in DeadMessagesAsync(pipeline, cancellationToken).ConfigureAwait(false))
        {
            var key = (view.Message.Pipeline, error.Code);
            var group = groups.TryGetValue(key, out var known) ? known : (0, error, []);
            if (group.Ids.Count < IdsShown) group.Ids.Add(id.ToString());
            groups[key] = group with { Count = group.Count + 1 };
        }

        return
        [
            .. groups
                .Select(g => new DeadGroup(g.Key.Item1, g.Key.Item2, g.Value.Count, FindingView.Of(g.Value.Example), g.Value.Ids))
                .OrderByDescending(g => g.Count).ThenBy(g => g.Pipeline, StringComparer.Ordinal).ThenBy(g => g.Code, StringComparer.Ordinal),
        ];
    }

    public async Task<ReplayReport> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var replayed = new List<string>();
        var notDead = new List<string>();
        foreach (var text in request.Ids.Count > 0 ? request.Ids : await SelectAsync(request, cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isReplayed = MessageId.TryParse(text, out var id) && await engine.ReplayAsync(id, request.Reason).ConfigureAwait(false);
            (isReplayed ? replayed : notDead).Add(text);
        }

        return new ReplayReport(replayed, notDead);
    }

    public async Task<NodesReport> NodesAsync(CancellationToken cancellationToken) =>
        engine.Nodes is { } nodes ? await NodeViews.ReadAsync(nodes, cancellationToken).ConfigureAwait(false) : NodesReport.Alone;

    public Task<DoctorReport> DoctorAsync(CancellationToken cancellationToken) => Doctor.RunAsync(engine, cancellationToken);

    public async Task<IReadOnlyList<LedgerRow>> LedgerAsync(CancellationToken cancellationToken)
    {
        engine.PostCounts();
        await engine.Context.Journal.FlushAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await engine.Context.Store.ReadLedgerAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<XrefReport> ImportXrefsAsync(IReadOnlyList<XrefLine> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0) return new XrefReport(0, 0, 0);
        var operation = await engine.RecordXrefsAsync([.. entries.Select(e => e.ToEntry())]).ConfigureAwait(false);
        return new XrefReport(operation.Added, operation.Changed, entries.Count - operation.Added - operation.Changed);
    }

    public async Task<IReadOnlyList<XrefLine>> FindXrefsAsync(string entity, string id, CancellationToken cancellationToken)
    {
        await engine.Context.Journal.FlushAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        var found = await engine.Context.Store.FindXrefsAsync(entity, id, Page, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(XrefLine.Of)];
    }

    private IReadOnlyList<Finding> Held(MessageId id)
    {
        lock (engine.Flow.Dispatcher.Sync) return engine.Flow.Pipelines.Holds.Find(id)?.Reason.Findings ?? [];
    }

    private int HeldCount()
    {
        lock (engine.Flow.Dispatcher.Sync) return engine.Flow.Pipelines.Holds.Count;
    }

    private static string Word(BreakerState state) => state switch
    {
        BreakerState.Open => "open",
        BreakerState.HalfOpen => "half-open",
        _ => "closed",
    };

    private async Task<string?> FilteredByAsync(MessageId id, CancellationToken cancellationToken) =>
        await engine.Context.Store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } view ? Explanation.FilteredBy(view, engine.Definition) : null;

    private List<SystemStatus> Systems()
    {
        var systems = new List<SystemStatus>();
        lock (engine.Flow.Dispatcher.Sync)
        {
            foreach (var gate in engine.Systems.Gates)
            {
                systems.Add(new SystemStatus(gate.Name, Word(gate.Breaker.State), gate.Running, gate.Waiting + gate.Delayed));
            }
        }

        systems.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return systems;
    }

    private async Task<IReadOnlyList<string>> SelectAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        var found = new List<MessageId>();
        await foreach (var (id, _, error) in DeadMessagesAsync(request.Pipeline, cancellationToken).ConfigureAwait(false))
        {
            if (request.Code is null || error.Code == request.Code) found.Add(id);
        }

        found.Sort();
        return [.. found.Take(Math.Clamp(request.Limit, 0, MostReplayed)).Select(id => id.ToString())];
    }

    private async IAsyncEnumerable<(MessageId Id, MessageView View, Finding Error)> DeadMessagesAsync(
        string? pipeline, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await engine.Context.Journal.FlushAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        MessageId? before = null;
        for (var seen = 0; seen < MostDead;)
        {
            var query = new MessageQuery { Pipeline = pipeline, State = MessageState.Dead, Before = before, Limit = Page };
            var page = await engine.Context.Store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0) yield break;
            foreach (var line in page)
            {
                if (await engine.Context.Store.FindAsync(line.Id, cancellationToken).ConfigureAwait(false) is { State: MessageState.Dead } view
                    && Explanation.FirstError(view) is { } error) yield return (line.Id, view, error);
            }

            seen += page.Count;
            before = page[^1].Id;
        }
    }
}
