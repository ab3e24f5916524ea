using System.Text.Json;
using Hub.Core.Journal;
using Hub.Core.Schedules;
using Tests.Runtime;

namespace Tests.Schedules;

/// <summary>Nodes with one schedule on the journal of one engine: each has its own lease and its own idea of what is due.</summary>
internal sealed class ScheduleBench : IAsyncDisposable
{
    private readonly List<Scheduler> _nodes = [];
    private readonly List<(int Node, Occurrence Occurrence)> _runs = [];

    public EngineBench Engine { get; } = new EngineBench().Orders();

    public CatchUp CatchUp { get; set; } = CatchUp.Last;

    public ITimetable Times { get; set; } = new IntervalTimetable(TimeSpan.FromHours(1));

    /// <summary>What a run does; by default nothing.</summary>
    public Func<int, Occurrence, CancellationToken, Task> Work { get; set; } = static (_, _, _) => Task.CompletedTask;

    public IReadOnlyList<(int Node, Occurrence Occurrence)> Runs
    {
        get
        {
            lock (_runs) return [.. _runs];
        }
    }

    /// <summary>The scheduled times that were run, as hours of the day.</summary>
    public IEnumerable<int> Hours => Runs.Select(r => r.Occurrence.ScheduledAt.Hour);

    public static async Task<ScheduleBench> StartAsync(int nodes = 1, Action<ScheduleBench>? set = null)
    {
        var bench = new ScheduleBench();
        set?.Invoke(bench);
        await bench.Engine.StartAsync();
        for (var node = 0; node < nodes; node++) await bench.AddNodeAsync();
        return bench;
    }

    public async Task AddNodeAsync()
    {
        var node = _nodes.Count;
        var scheduler = new Scheduler(Engine.Engine.Context);
        _nodes.Add(scheduler);
        await scheduler.ApplyAsync([Job(node)]);
        await Engine.QuietAsync();
    }

    public async Task StopNodeAsync(int node)
    {
        await _nodes[node].DisposeAsync();
        await Engine.QuietAsync();
    }

    /// <summary>The process dies and comes back after a while, with one node.</summary>
    public async Task CrashAsync(TimeSpan away)
    {
        Engine.Store.Crash();
        foreach (var node in _nodes) await node.DisposeAsync();
        await Engine.StopAsync();
        Engine.Clock.Advance(away);
        await Engine.StartAsync();
        await AddNodeAsync();
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        Engine.Clock.Advance(by);
        await Engine.QuietAsync();
    }

    public async Task HoursAsync(int hours)
    {
        for (var hour = 0; hour < hours; hour++) await AdvanceAsync(TimeSpan.FromHours(1));
    }

    public async Task<ScheduleState> StateAsync() =>
        ScheduleState.Read((await Engine.Store.FindStateAsync(ScheduleState.Kind, "report", CancellationToken.None))!.Body.Span)!;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes) await node.DisposeAsync();
        await Engine.DisposeAsync();
    }

    private ScheduledJob Job(int node) => new(new ScheduleDefinition("report", JsonSerializer.Serialize(CatchUp), Times, CatchUp), async (occurrence, token) =>
    {
        lock (_runs) _runs.Add((node, occurrence));
        await Work(node, occurrence, token);
    });
}
