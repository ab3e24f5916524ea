using System.Globalization;

namespace Hub.Host.Chaos;

/// <summary>The nodes of the hub under test: all read one configuration, each listens on a port of its own.</summary>
internal sealed class NodeSet : IDisposable
{
    /// <summary>Longer than the hub takes to stop.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(25);

    private readonly HubProgram _program;
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly int[] _ports;
    private readonly HubNode?[] _nodes;
    private readonly List<TimeSpan> _starts = [];
    private int _turn;

    /// <param name="program">How a hub is started.</param>
    /// <param name="folder">Holds <c>config</c>; each node's data comes beside it.</param>
    /// <param name="ports">One a node.</param>
    /// <param name="clock">Measures how long starts take.</param>
    public NodeSet(HubProgram program, string folder, IReadOnlyList<int> ports, TimeProvider clock)
    {
        _program = program;
        _folder = folder;
        _clock = clock;
        _ports = [.. ports];
        _nodes = new HubNode?[_ports.Length];
    }

    public int Count => _nodes.Length;

    /// <summary>Where the data of a node is, when not beside the configuration.</summary>
    public string? DataFolder { get; init; }

    /// <summary>How long each start took, from the process to "ready".</summary>
    public IReadOnlyList<TimeSpan> Starts => _starts;

    public string ConfigurationFolder => Path.Combine(_folder, "config");

    /// <summary>The nodes that run.</summary>
    public IReadOnlyList<HubNode> Running => [.. _nodes.OfType<HubNode>()];

    /// <summary>The address of a node that runs, another one each time; null when none does.</summary>
    public Uri? NextAddress()
    {
        var turn = Interlocked.Increment(ref _turn);
        for (var i = 0; i < _nodes.Length; i++)
            if (Volatile.Read(ref _nodes[(int)((uint)(turn + i) % _nodes.Length)]) is { } node) return node.Address;
        return null;
    }

    /// <summary>A node that stands at its place or waits for it; null when none was started so.</summary>
    public HubNode? Armed => Running.FirstOrDefault(node => node.Armed is not null);

    /// <summary>Starts all that do not run; the first of them stops at a place.</summary>
    public async Task StartMissingAsync(string? armed, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            if (_nodes[i] is not null) continue;
            var began = _clock.GetTimestamp();
            var node = await HubNode.StartAsync(_program, Arguments(i + 1), Environment(i + 1), i + 1, armed, cancellationToken);
            _starts.Add(_clock.GetElapsedTime(began));
            Volatile.Write(ref _nodes[i], node);
            armed = null;
        }
    }

    public async Task KillAsync(HubNode node)
    {
        Forget(node);
        await node.KillAsync();
        node.Dispose();
    }

    /// <summary>Ends a node as a rolling restart does.</summary>
    public async Task StopAsync(HubNode node)
    {
        Forget(node);
        await node.StopAsync(StopLimit);
        node.Dispose();
    }

    /// <summary>Moves the wall clock of all nodes; those that run see it within a fraction of a second.</summary>
    public Task SetClockAsync(TimeSpan offset) => File.WriteAllTextAsync(ClockFile, ((long)offset.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        foreach (var node in Running) node.Dispose();
    }

    private string ClockFile => Path.Combine(_folder, "clock");

    private void Forget(HubNode node)
    {
        for (var i = 0; i < _nodes.Length; i++)
            if (ReferenceEquals(_nodes[i], node)) Volatile.Write(ref _nodes[i], null);
    }

    private string[] Arguments(int number) =>
    [
        "--config", ConfigurationFolder,
        "--data", Path.Combine(DataFolder ?? _folder, string.Create(CultureInfo.InvariantCulture, $"data{number}")),
        "--clock-file", ClockFile,
    ];

    private Dictionary<string, string> Environment(int number) => new()
    {
        [ChaosConfiguration.AddressVariable] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports[number - 1]}"),
        [ChaosConfiguration.NodeVariable] = string.Create(CultureInfo.InvariantCulture, $"hub-chaos-{number}"),
    };
}
