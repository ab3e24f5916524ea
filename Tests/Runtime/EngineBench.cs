using System.Text;
using Hub.Abstractions;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Claims;
using Hub.Core.Configuration;
using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Pipelines;
using Hub.Core.Runtime;
using Hub.Core.Schedules;
using Hub.Storage.Claims;
using Hub.Host.Schedules;
using Hub.Storage.Sqlite;
using Mappings.Diagnostics;
using Mappings.Yaml;
using Tests.Support;

namespace Tests.Runtime;

/// <summary>
/// The real engine on the real store in a file of its own, with a clock that stands still and targets that do what the test
/// says. Nothing is awaited but signals; a wait that takes too long shows what is in flight.
/// </summary>
internal sealed class EngineBench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-engine-").FullName;
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal) { ["hub.yaml"] = "hub: test\n" };

    public EngineBench()
    {
        System("erp", "endpoints: { orders: {} }");
        System("crm", "endpoints: { deals: {}, contacts: {} }");
    }

    public FakeClock Clock { get; } = new();

    public ScriptedConnector Connector { get; } = new();

    public HubEngine Engine { get; private set; } = null!;

    public TestStore Store { get; private set; } = null!;

    /// <summary>The sagas and handlers of the hub.</summary>
    public MessagingCatalog Catalog { get; } = new();

    /// <summary>Where payloads that are read twice are kept meanwhile.</summary>
    public string Spool => Path.Combine(_folder, ".spool");

    /// <summary>Where large payloads are kept.</summary>
    public string ClaimFolder => Path.Combine(_folder, "claims");

    public IClaimStore Claims { get; set; } = null!;

    /// <summary>What is done at times of its own.</summary>
    public List<ScheduledJob> Jobs { get; } = [];

    /// <summary>Another store than SQLite, at each start on the same storage; null for SQLite.</summary>
    public Func<IJournalStore>? NewStore { get; set; }

    public int MaxPages { get; set; }

    public long BodyBudget { get; set; } = 64 << 20;

    public static TransientException Away(TimeSpan? retryAfter = null) =>
        new(Finding.Error("DLV601", SourcePosition.None, string.Empty, ("type", "Away"), ("message", "the target is away")), retryAfter);

    public static PermanentException Refused() =>
        new(Finding.Error("DLV601", SourcePosition.None, string.Empty, ("type", "Refused"), ("message", "the target refuses")));

    public EngineBench Hub(string keys)
    {
        _files["hub.yaml"] = $"hub: test\n{keys}\n";
        return this;
    }

    public EngineBench System(string name, string keys)
    {
        _files[$"systems/{name}.yaml"] = $"system: {name}\nconnector: scripted\n{keys}\n";
        return this;
    }

    public EngineBench Pipeline(string name, string text)
    {
        _files[$"pipelines/{name}.yaml"] = $"pipeline: {name}\n{text}\n";
        return this;
    }

    /// <summary>A system whose messages go to code, and the code.</summary>
    public EngineBench Messaging(string name, string keys, Action<MessagingCatalog> register)
    {
        _files[$"systems/{name}.yaml"] = $"system: {name}\nconnector: messaging\n{keys}\n";
        register(Catalog);
        return this;
    }

    public EngineBench Mapping(string name, string text)
    {
        _files[$"mappings/{name}.yaml"] = $"mapping: {name}\nversion: 1\n{text}\n";
        return this;
    }

    public EngineBench Without(string path)
    {
        _files.Remove(path);
        return this;
    }

    /// <summary>Orders by their number go to the CRM.</summary>
    public EngineBench Orders(string key = "key: no\n") => Pipeline("orders", $"from: erp.orders\n{key}steps:\n  - send: crm.deals");

    public async Task<EngineBench> StartAsync()
    {
        Store = new TestStore(NewStore?.Invoke() ?? new SqliteJournalStore(new SqliteJournalStoreOptions { File = Path.Combine(_folder, "hub.db"), MaxPages = MaxPages }));
        Claims ??= new FileClaimStore(ClaimFolder);
        Engine = new HubEngine(new HubEngineOptions { Store = Store, Claims = Claims, Clock = Clock, Random = new Random(7), BodyBudget = BodyBudget, DataFolder = _folder, Jobs = Jobs });
        await Engine.StartAsync(Definition(), CancellationToken.None);
        return this;
    }

    /// <summary>The process dies: what is not in the file is gone. Then it starts again.</summary>
    public async Task CrashAndStartAsync()
    {
        Store.Crash();
        await StopAsync();
        await StartAsync();
    }

    public async Task StopAsync()
    {
        var stop = Engine.StopAsync(CancellationToken.None);
        // The engine waits on this clock for attempts that do not end. Only that wait is cut short: a slow stop must not move the day.
        while (!stop.IsCompleted)
        {
            if (Clock.UntilNext is { } wait && wait <= Engine.Options.StopLimit) Clock.Advance(wait);
            await Task.Yield();
        }

        await stop;
        await Engine.DisposeAsync();
    }

    public Task ApplyAsync() => Engine.ApplyAsync(Definition(), CancellationToken.None);

    public ValueTask<IngressResult> PostAsync(string json, string? eventId = null, MalformedPolicy malformed = MalformedPolicy.Refuse) =>
        PostBytesAsync(Encoding.UTF8.GetBytes(json), eventId, malformed);

    public ValueTask<IngressResult> PostBytesAsync(byte[] body, string? eventId = null, MalformedPolicy malformed = MalformedPolicy.Refuse, string endpoint = "erp.orders")
    {
        Assert.True(EndpointName.TryParse(endpoint, out var name));
        return Engine.Ingress.AcceptAsync(
            name,
            new IncomingPayload { Body = body, Attributes = new MessageAttributes { EventId = eventId }, Malformed = malformed },
            CancellationToken.None);
    }

    /// <summary>Until everything that can go on by itself at this time has gone on.</summary>
    public async Task QuietAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await Engine.Flow.Dispatcher.WhenQuietAsync().WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(InFlightReport.Render(Engine));
        }
    }

    /// <summary>Until something is so while other things run on; when it does not become so, the table of what is in flight is the failure.</summary>
    public async Task UntilAsync(Func<ValueTask<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException(InFlightReport.Render(Engine));
            await Task.Yield();
        }
    }

    /// <summary>The same, with all that was posted to the journal durable: what waits for it has gone on.</summary>
    public async Task DurableAsync()
    {
        await QuietAsync();
        await Engine.Context.Journal.FlushAsync();
        await QuietAsync();
    }

    /// <summary>Moves the clock from one due time to the next until nothing is in flight; when something is and nothing is due, the table of it is the failure.</summary>
    public async Task SettleAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (Engine.InFlight > 0)
        {
            await QuietAsync();
            if (Engine.InFlight == 0) break;
            if (NextDue() is not { } wait || patience.IsCancellationRequested) throw new TimeoutException(InFlightReport.Render(Engine));
            Clock.Advance(wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1));
        }

        await Engine.WaitForIdleAsync(patience.Token);
    }

    public TimeSpan? NextDue()
    {
        lock (Engine.Flow.Dispatcher.Sync) return Engine.Flow.Dispatcher.Timers.UntilNext;
    }

    public async Task<LedgerRow> LedgerAsync(string pipeline = "orders")
    {
        await Engine.Context.Journal.FlushAsync();
        return (await Store.ReadLedgerAsync(CancellationToken.None)).Single(r => r.Pipeline == pipeline);
    }

    public async Task<MessageView> FindAsync(MessageId id)
    {
        await Engine.Context.Journal.FlushAsync();
        return (await Store.FindAsync(id, CancellationToken.None))!;
    }

    public IEnumerable<string> Bodies(string endpoint = "crm.deals") => Connector.Sent.Where(s => s.Endpoint == endpoint).Select(s => s.Body);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public HubDefinition Definition()
    {
        var compiler = new HubCompiler([Connector], Clock, messaging: Catalog, crons: new QuartzCronExpressions());
        var loaded = ConfigurationLoader.Load(ConfigurationSnapshot.Of("config", _files), null, compiler.Specs, new NoReferences());
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
