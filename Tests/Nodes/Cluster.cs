using System.Numerics;
using System.Text.Json;
using Hub.Abstractions.Connectors;
using Hub.Core.Configuration;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Hub.Core.Runtime;
using Mappings.Diagnostics;
using Mappings.Yaml;
using Tests.Runtime;
using Tests.Storage;

namespace Tests.Nodes;

/// <summary>
/// Several engines in this process on one schema of a real database, with targets outside of them that remember what each key
/// got. Leases are short; nothing is awaited but signals.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly List<ClusterNode> _nodes = [];
    private readonly List<(string Key, int Number)> _confirmed = [];
    private readonly List<(Func<IReadOnlyList<(string Key, int Number)>, bool> Wanted, TaskCompletionSource Seen)> _waiting = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-nodes-").FullName;
    private JournalSchema _schema = null!;

    /// <summary>What a send does before it is confirmed; null to confirm at once.</summary>
    public Func<OutgoingMessage, CancellationToken, ValueTask>? Sending { get; set; }

    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal)
    {
        ["hub.yaml"] = "hub: test\n",
        ["systems/erp.yaml"] = "system: erp\nconnector: scripted\nendpoints: { orders: {}, loose: {} }\n",
        ["systems/crm.yaml"] = "system: crm\nconnector: scripted\nlimits: { concurrency: 16 }\nretry: { immediate: 0, delayed: [1s], jitter: 0% }\nendpoints: { deals: {}, notes: {} }\n",
        ["pipelines/orders.yaml"] = "pipeline: orders\nfrom: erp.orders\nkey: no\nsteps:\n  - send: crm.deals\n",
        ["pipelines/loose.yaml"] = "pipeline: loose\nfrom: erp.loose\nsteps:\n  - send: crm.notes\n",
    };

    /// <summary>What the targets confirmed, in their order.</summary>
    public IReadOnlyList<(string Key, int Number)> Confirmed
    {
        get
        {
            lock (_gate) return [.. _confirmed];
        }
    }

    public static async Task<Cluster> NewAsync() => new() { _schema = await JournalSchema.NewAsync() };

    public async Task<ClusterNode> StartAsync(string name, TimeSpan ahead = default, TimeSpan? lease = null)
    {
        var store = new NodeTestStore(_schema.NewStore());
        var clock = new SkewedClock(ahead);
        var engine = new HubEngine(new HubEngineOptions
        {
            Store = store, Clock = clock, Random = new Random(7), DataFolder = Path.Combine(_folder, name), StopLimit = TimeSpan.FromSeconds(5),
            Node = new NodeOptions { Name = name, Lease = lease ?? Lease },
        });
        var node = new ClusterNode(name, engine, store);
        lock (_gate) _nodes.Add(node);
        var connector = new ScriptedConnector();
        connector.OnSend("crm.deals", (message, stop) => SendAsync(node, message, stop));
        connector.OnSend("crm.notes", (message, stop) => SendAsync(node, message, stop));
        await engine.StartAsync(Definition(connector, clock), CancellationToken.None);
        return node;
    }

    /// <summary>The node is gone as a killed process is: nothing of it reaches the database any more.</summary>
    public static void Kill(ClusterNode node)
    {
        node.IsKilled = true;
        node.Store.GoAway();
    }

    public async Task StopAsync(ClusterNode node)
    {
        await node.Engine.StopAsync(CancellationToken.None).WaitAsync(Patience);
        lock (_gate) _nodes.Remove(node);
    }

    /// <summary>Waits until these nodes, and no others, have the groups evenly.</summary>
    public static async Task SharedAsync(params ClusterNode[] nodes)
    {
        bool IsEven(NodeBoard board) => board.Nodes.Count == nodes.Length && nodes.All(n =>
        {
            var count = BitOperations.PopCount(board.Groups(n.Epoch));
            return count >= LaneGroups.Count / nodes.Length && count <= (LaneGroups.Count / nodes.Length) + 1;
        });

        await WithinAsync(nodes[0].Store.SeesAsync(IsEven), "the groups are not shared evenly", nodes);
        foreach (var node in nodes) await WithinAsync(node.Store.SeesAsync(b => IsEven(b) && node.Open == b.Groups(node.Epoch)), $"{node.Name} does not work on its groups", nodes);
    }

    /// <summary>Waits for something about what the targets confirmed.</summary>
    public async Task ConfirmedAsync(Func<IReadOnlyList<(string Key, int Number)>, bool> wanted)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (wanted(_confirmed)) return;
            _waiting.Add((wanted, seen));
        }

        ClusterNode[] nodes;
        lock (_gate) nodes = [.. _nodes];
        await WithinAsync(seen.Task, "the targets have not got what was wanted", nodes);
    }

    public Task ConfirmedAsync(int different) => ConfirmedAsync(c => c.Distinct().Count() >= different);

    public IEnumerable<int> Of(string key) => Confirmed.Where(c => c.Key == key).Select(c => c.Number);

    /// <summary>Of each key the targets got every number, none before a lower one but as a repeat of what came last.</summary>
    public void AssertOrder(IEnumerable<string> keys, int numbers)
    {
        foreach (var key in keys)
        {
            Assert.Equal(Enumerable.Range(0, numbers), Of(key).Distinct());
            var last = -1;
            foreach (var number in Of(key))
            {
                Assert.True(number >= last, $"{key}: {number} came after {last}: {string.Join(' ', Of(key))}");
                last = number;
            }
        }
    }

    public async Task<LedgerRow> LedgerAsync(ClusterNode node, string pipeline = "orders")
    {
        await node.Engine.Context.Journal.FlushAsync().AsTask().WaitAsync(Patience);
        return (await node.Store.ReadLedgerAsync(CancellationToken.None)).Single(r => r.Pipeline == pipeline);
    }

    public Task<T> ScalarAsync<T>(string sql) => _schema.ScalarAsync<T>(sql);

    public static string Key(ClusterNode owner, string pipeline = "orders") => Keys(owner, 1, pipeline).Single();

    /// <summary>Keys whose lanes are a node's.</summary>
    public static IEnumerable<string> Keys(ClusterNode owner, int count, string pipeline = "orders") =>
        Enumerable.Range(0, 10_000).Select(i => $"K{i}").Where(k => owner.Owns(k, pipeline)).Take(count);

    public async ValueTask DisposeAsync()
    {
        Sending = null;
        ClusterNode[] nodes;
        lock (_gate) nodes = [.. _nodes];
        foreach (var node in nodes)
        {
            node.Store.Thaw();
            await node.Engine.DisposeAsync();
        }

        await _schema.DropAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public static async Task WithinAsync(Task task, string otherwise, params ClusterNode[] nodes)
    {
        try
        {
            await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{otherwise}\n{string.Join('\n', nodes.Select(n => $"{n.Name} (epoch {n.Epoch}, groups {n.Open:X}): {InFlightReport.Render(n.Engine)}"))}");
        }
    }

    private async ValueTask SendAsync(ClusterNode node, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (Sending is { } sending && !node.IsKilled) await sending(message, cancellationToken);
        if (node.IsKilled) await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        using var json = JsonDocument.Parse(message.Body);
        List<TaskCompletionSource> seen;
        lock (_gate)
        {
            _confirmed.Add((json.RootElement.GetProperty("no").GetString()!, json.RootElement.GetProperty("seq").GetInt32()));
            seen = [.. _waiting.Where(w => w.Wanted(_confirmed)).Select(w => w.Seen)];
            _waiting.RemoveAll(w => seen.Contains(w.Seen));
        }

        foreach (var waiter in seen) waiter.TrySetResult();
    }

    private HubDefinition Definition(ScriptedConnector connector, TimeProvider clock)
    {
        var compiler = new HubCompiler([connector], clock);
        var loaded = ConfigurationLoader.Load(ConfigurationSnapshot.Of("config", Files), null, compiler.Specs, new NoReferences());
        Assert.Equal([], loaded.Findings.Select(f => f.ToString()));
        var findings = new Findings();
        var definition = compiler.Compile(loaded, findings);
        Assert.Equal([], findings.Where(f => f.Severity == Severity.Error).Select(f => f.ToString()));
        return definition!;
    }

    private sealed class NoReferences : IReferenceSource
    {
        public string? Variable(string name) => null;

        public string? File(string path) => null;
    }
}
