using System.Text;
using Connectors.Sandbox;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Operations;
using Hub.Core.Runtime;
using Hub.Storage.Sqlite;
using Tests.Support;

namespace Specs.Driver;

/// <summary>
/// The example company with its hub for the time of one scenario: the configuration of the checkout on the real engine and
/// the real store, in a folder and on a clock of its own.
/// </summary>
public sealed class CompanyDriver : IAsyncDisposable
{
    private static readonly TimeSpan StopStep = TimeSpan.FromSeconds(1);

    private readonly FakeClock _clock = new();
    private readonly SandboxDirectory _sandboxes = new();
    private readonly Refusals _refusals = new();
    private Running? _running;

    public CompanyDriver() => Systems = new CompanySystems(_sandboxes, _refusals);

    private sealed record Running(HubEngine Engine, string Folder, CompanyTime Time, CompanyJournal Journal);

    internal CompanySystems Systems { get; }

    internal CompanyTime Time => Company.Time;

    internal CompanyJournal Journal => Company.Journal;

    private Running Company => _running ?? throw new InvalidOperationException("The scenario has no company yet: begin it with \"Given the example company\".");

    public async Task StartAsync()
    {
        if (_running is not null) return;
        var definition = CompanyConfiguration.Compile(_sandboxes, _refusals, _clock);
        var folder = Directory.CreateTempSubdirectory("hub-specs-").FullName;
        var engine = new HubEngine(new HubEngineOptions
        {
            Store = new SqliteJournalStore(new SqliteJournalStoreOptions { File = Path.Combine(folder, "hub.db") }),
            Clock = _clock,
            Random = new Random(7),
            ConfigurationFolder = Checkout.Configuration,
            DataFolder = folder,
        });
        var pipelines = definition.Pipelines.Select(p => p.Name).Order(StringComparer.Ordinal).ToArray();
        _running = new Running(engine, folder, new CompanyTime(engine, _clock), new CompanyJournal(new HubOperations(engine), pipelines));
        await engine.StartAsync(definition, CancellationToken.None);
    }

    /// <summary>A file arrives as from a sender that cannot be told: what is unreadable becomes a dead letter.</summary>
    public async Task ReceiveFileAsync(string endpoint, string file)
    {
        var body = await File.ReadAllBytesAsync(Path.Combine(Checkout.Configuration, file));
        await ReceiveAsync(endpoint, new IncomingPayload { Body = body, Name = file, Malformed = MalformedPolicy.DeadLetter });
    }

    /// <summary>A document arrives as from a sender that waits for the answer.</summary>
    public Task ReceiveTextAsync(string endpoint, string text) => ReceiveAsync(endpoint, new IncomingPayload { Body = Encoding.UTF8.GetBytes(text) });

    internal Task ReceiveOrderAsync(string endpoint, OrderTemplate order)
    {
        var record = Endpoint(endpoint).Format.Record;
        var json = record switch
        {
            null => order.Json(),
            "[]" => $"[{order.Json()}]",
            _ => throw new NotSupportedException($"{endpoint} finds its records at {record}; write the payload with \"receives the text\" instead."),
        };
        return ReceiveTextAsync(endpoint, json);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not { } company) return;
        _running = null;
        var stop = company.Engine.DisposeAsync().AsTask();
        while (!stop.IsCompleted)
        {
            // The engine waits on this clock for attempts that do not end.
            _clock.Advance(StopStep);
            await Task.Yield();
        }

        await stop;
        Directory.Delete(company.Folder, recursive: true);
    }

    private async Task ReceiveAsync(string endpoint, IncomingPayload payload)
    {
        var answer = await Company.Engine.Ingress.AcceptAsync(Endpoint(endpoint).Name, payload, CancellationToken.None);
        if (answer.Status is not (IngressStatus.Accepted or IngressStatus.Duplicate))
            Assert.Fail($"{endpoint} refused the payload: {answer.Status}, {answer.Finding?.ToString() ?? "without a finding"}");
        await Time.SettleAsync();
    }

    private EndpointDefinition Endpoint(string endpoint)
    {
        var definition = Company.Engine.Definition!;
        if (EndpointName.TryParse(endpoint, out var name) && definition.Endpoint(name) is { } found) return found;
        throw new ArgumentException($"There is no endpoint {endpoint}; there are {string.Join(", ", definition.Endpoints.Select(e => e.Name.ToString()).Order(StringComparer.Ordinal))}.");
    }
}
