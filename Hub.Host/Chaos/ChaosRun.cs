using System.Net;
using System.Net.Sockets;
using Hub.Core.Runtime;

namespace Hub.Host.Chaos;

/// <summary>A whole run of <c>hub chaos</c>: the main course on the chosen store, and one on a small disk for what only that can show.</summary>
internal sealed class ChaosRun(ChaosOptions options, HubProgram program, TimeProvider clock, string folder)
{
    private const int DiskRounds = 3;
    private const int DiskLanes = 4;

    private readonly Random _random = new(options.Seed);
    private readonly List<RoundResult> _rounds = [];
    private readonly List<TimeSpan> _starts = [];
    private readonly List<FaultNotRun> _notRun = [];
    private readonly List<string> _routes = [];
    private OracleCount _total = new();
    private long _unaccounted;

    /// <summary>Runs everything.</summary>
    /// <param name="told">Is told of each round.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ChaosResult> RunAsync(Action<RoundResult> told, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        await MainAsync(told, () => clock.GetElapsedTime(began), cancellationToken);
        await DiskAsync(told, cancellationToken);
        _starts.Sort();
        return new ChaosResult
        {
            Store = options.Store,
            Nodes = options.Nodes,
            Routes = _routes,
            Seed = options.Seed,
            Seconds = Math.Round(clock.GetElapsedTime(began).TotalSeconds, 1),
            Rounds = _rounds,
            Total = _total,
            Unaccounted = _unaccounted,
            StartSeconds = [.. new[] { _starts[0], _starts[_starts.Count / 2], _starts[^1] }.Select(start => Math.Round(start.TotalSeconds, 2))],
            NotRun = _notRun,
        };
    }

    private async Task MainAsync(Action<RoundResult> told, Func<TimeSpan> elapsed, CancellationToken cancellationToken)
    {
        bool Enough(IReadOnlyList<RoundResult> rounds) => options.Duration is { } duration
            ? elapsed() >= duration
            : rounds.Count(round => round is { IsKill: true, IsVoid: false }) >= options.Kills;

        await CourseAsync("main", StoreText(), options.Nodes, options.Lanes, null, (scene, _) => Schedule(scene), Enough, told, cancellationToken);
    }

    private async Task DiskAsync(Action<RoundResult> told, CancellationToken cancellationToken)
    {
        if (options.PostgreSql is not null)
        {
            _notRun.Add(new FaultNotRun("disk", "database"));
            return;
        }

        if (_rounds.Any(round => round.Lost > 0)) return;
        await using var disk = await SmallDisk.OpenAsync(options.SmallDisk, Path.Combine(folder, "disk"));
        if (disk is null)
        {
            _notRun.Add(new FaultNotRun("disk", "smalldisk"));
            return;
        }

        await CourseAsync(
            "small",
            "{ file: hub.db }",
            1,
            DiskLanes,
            disk.Folder,
            (scene, http) => new FaultSchedule([new DiskFullFault(disk.Folder, () => http.Refusals)], [], scene.Random),
            rounds => rounds.Count(round => !round.IsVoid) >= DiskRounds,
            told,
            cancellationToken);
    }

    private FaultSchedule Schedule(ChaosScene scene)
    {
        List<Fault> kills =
        [
            new KillFault(),
            new KillAtPointFault(FaultPoint.Received, 250),
            new KillAtPointFault(FaultPoint.Committed, 250),
            new KillAtPointFault(FaultPoint.Sending, 250),
            new KillAtPointFault(FaultPoint.Sent, 250),
            new KillAtPointFault(FaultPoint.Settling, 60),
            new KillAtPointFault(FaultPoint.MidBatch, 250),
        ];
        List<Fault> others = [new ClockFault()];
        if (options.Nodes > 1) others.Add(new StopFault(TimeSpan.FromSeconds(12)));
        else _notRun.Add(new FaultNotRun("stop", "onenode"));
        if (options.RabbitMq is null) _notRun.Add(new FaultNotRun("connections", "nobroker"));
        return new FaultSchedule(kills, others, scene.Random);
    }

    private string StoreText() => "{ file: hub.db }";

    private async Task CourseAsync(
        string name,
        string store,
        int count,
        int lanes,
        string? data,
        Func<ChaosScene, HttpRoute, FaultSchedule> schedule,
        Func<IReadOnlyList<RoundResult>, bool> enough,
        Action<RoundResult> told,
        CancellationToken cancellationToken)
    {
        using var nodes = new NodeSet(program, Path.Combine(folder, name), FreePorts(count), clock) { DataFolder = data };
        var oracle = new DeliveryOracle(clock, [HttpRoute.RouteName], lanes);
        await using var http = await HttpRoute.StartAsync(oracle, nodes, clock, cancellationToken);
        IReadOnlyList<IChaosRoute> routes = [http];
        foreach (var route in routes.Where(route => !_routes.Contains(route.Shown))) _routes.Add(route.Shown);
        ChaosConfiguration.Write(nodes.ConfigurationFolder, store, routes);
        var scene = new ChaosScene(oracle, nodes, clock, _random);
        var course = new ChaosCourse(scene, routes, schedule(scene, http), _rounds.Count(round => !round.IsVoid));
        try
        {
            await course.RunAsync(enough, told, cancellationToken);
        }
        finally
        {
            _rounds.AddRange(course.Rounds);
            _starts.AddRange(nodes.Starts);
        }

        _total += oracle.Count();
        _unaccounted += course.Unaccounted;
    }

    private static List<int> FreePorts(int count)
    {
        // All are held at once, so that they differ.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}
