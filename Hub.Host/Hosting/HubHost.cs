using System.Net;
using Connectors.Sandbox;
using Hub.Core.Claims;
using Hub.Core.Configuration;
using Hub.Core.Configuration.Reload;
using Hub.Core.Journal;
using Hub.Core.Operations;
using Hub.Core.Runtime;
using Hub.Host.Api;
using Hub.Host.Commands;
using Hub.Storage.Claims;
using Hub.Storage.PostgreSql;
using Hub.Storage.PostgreSql.Claims;
using Hub.Storage.Sqlite;
using Mappings.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hub.Host.Hosting;

/// <summary>The composition root: one running hub with its journal, engine, HTTP face and watched configuration.</summary>
internal sealed class HubHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly HubEngine _engine;
    private readonly ConfigurationWatcher? _watcher;

    private HubHost(WebApplication application, HubEngine engine, HubConfiguration configuration, SandboxDirectory sandboxes, IHubOperations operations, ConfigurationWatcher? watcher)
    {
        _application = application;
        _engine = engine;
        _watcher = watcher;
        Configuration = configuration;
        Sandboxes = sandboxes;
        Operations = operations;
        Address = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public HubConfiguration Configuration { get; }

    public SandboxDirectory Sandboxes { get; }

    public IHubOperations Operations { get; }

    public HubEngine Engine => _engine;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    public ConfigurationState<HubDefinition> State => Configuration.Reloader.Holder.Current;

    /// <summary>
    /// Starts everything; returns when messages are accepted.
    /// </summary>
    /// <exception cref="ConfigurationRefusedException">The configuration has errors; nothing was touched.</exception>
    /// <exception cref="JournalException">The journal cannot be opened; it was not changed.</exception>
    public static async Task<HubHost> StartAsync(HubHostOptions options, CancellationToken cancellationToken)
    {
        var clock = options.Clock ?? TimeProvider.System;
        var sandboxes = new SandboxDirectory();
        var configuration = new HubConfiguration(options.ConfigurationFolder, options.Environment, sandboxes, clock, options.TypedMaps, options.Messaging);
        var files = configuration.Read();
        var findings = configuration.Reloader.Start(files);
        if (!configuration.Reloader.Holder.HasCurrent) throw Refused(configuration, findings);

        var state = configuration.Reloader.Holder.Current;
        var hub = state.Configuration.Hub;
        UserLanguage.ApplyConfigured(hub.Language);
        var data = options.DataFolder is { } written ? Path.GetFullPath(written) : Path.GetFullPath(hub.DataFolder, configuration.Folder);
        Directory.CreateDirectory(data);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (options.Log) builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("ConnectorHub", LogLevel.Information);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseUrls(options.Address ?? hub.Ingress.Address);
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        var application = builder.Build();

        var claims = Claims(hub, data);
        var engine = new HubEngine(new HubEngineOptions
        {
            Store = Store(hub, data),
            Node = NodeNames.Of(hub, options.Address ?? hub.Ingress.Address),
            Claims = claims,
            Clock = clock,
            Random = ProcessChance.Source,
            Loggers = application.Services.GetRequiredService<ILoggerFactory>(),
            ConfigurationFolder = configuration.Folder,
            DataFolder = data,
        });
        var operations = new HubOperations(engine, configuration.Reloader.Holder);
        new IngressApi(engine.Ingress, new DefinitionRoutes(engine)).Map(application);
        new OperationsApi(operations, hub.Operations.KeySha256).Map(application);
        SandboxRest.Map(application, sandboxes).AddEndpointFilter(new OperatorKeyFilter(hub.Operations.KeySha256));
        application.MapGet("/health", () => engine.Definition is null ? Results.StatusCode((int)HttpStatusCode.ServiceUnavailable) : Results.Ok());

        try
        {
            await engine.StartAsync(state.Definition, cancellationToken);
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await engine.DisposeAsync();
            await application.DisposeAsync();
            throw;
        }

        return new HubHost(application, engine, configuration, sandboxes, operations, options.Watch ? Watch(configuration, files, engine, clock, application.Logger) : null);
    }

    /// <summary>Completes when the process is asked to stop.</summary>
    public Task WaitForStopAsync(CancellationToken cancellationToken) => _application.WaitForShutdownAsync(cancellationToken);

    /// <summary>Refuses new requests, lets running attempts end, writes what is known to the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        _watcher?.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _engine.DisposeAsync();
        await _application.DisposeAsync();
    }

    private static IJournalStore Store(HubConfig hub, string data) => hub.PostgreSql is { } database
        ? new PostgreSqlJournalStore(Options(database))
        : new SqliteJournalStore(new SqliteJournalStoreOptions { File = Path.Combine(data, hub.StoreFile) });

    private static IClaimStore Claims(HubConfig hub, string data) =>
        hub.PostgreSql is { } database ? new PostgreSqlClaimStore(Options(database)) : new FileClaimStore(Path.Combine(data, "claims"));

    private static PostgreSqlJournalStoreOptions Options(PostgreSqlConfig database) => new() { Connection = database.Connection, Schema = database.Schema };

    private static ConfigurationWatcher Watch(HubConfiguration configuration, ConfigurationSnapshot started, HubEngine engine, TimeProvider clock, ILogger log) =>
        new(configuration.Read, started, files => Reload(configuration, engine, files, log), defect => HostLog.ReloadFailed(log, defect), clock, configuration.Folder);

    /// <summary>On the watcher's thread, one at a time: the next change waits until this one is in force.</summary>
    private static void Reload(HubConfiguration configuration, HubEngine engine, ConfigurationSnapshot files, ILogger log)
    {
        var before = configuration.Reloader.Holder.Current;
        var state = configuration.Reloader.Reload(files);
        foreach (var finding in state.LastFindings.Where(finding => finding.Severity == Severity.Error)) HostLog.Finding(log, FindingFormatter.Line(finding));
        if (state.HeldBack.Count > 0) HostLog.HeldBack(log, string.Join(", ", state.HeldBack));
        if (!ReferenceEquals(state.Definition, before.Definition)) engine.ApplyAsync(state.Definition, CancellationToken.None).GetAwaiter().GetResult();
    }

    private static ConfigurationRefusedException Refused(HubConfiguration configuration, IReadOnlyList<Finding> findings) =>
        new(configuration.Check().Report.Long(), findings.First(finding => finding.Severity == Severity.Error));
}
