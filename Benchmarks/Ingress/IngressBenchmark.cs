using System.Net;
using Benchmarks.Engine;
using Hub.Core.Runtime;
using Hub.Host.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Ingress;

/// <summary>
/// The hub's HTTP ingress (accept, map, deliver to a target in this process, settle; SQLite with synchronous=FULL) beside
/// a bare endpoint of the same server that answers 202 and does nothing, in interleaved rounds under one load client.
/// </summary>
internal static class IngressBenchmark
{
    private const int Connections = 512;

    internal static Task<int> RunAsync(string[] arguments) => Rounds.RunAsync(arguments, "ingress-bench", RunAsync);

    private static async Task RunAsync(int rounds, double seconds, string folder)
    {
        await using var bare = await StartBareAsync();
        await using var engine = await EngineRound.StartAsync(folder);
        await using var hub = await StartHubAsync(engine.Engine);
        var yardstick = new LoadClient(EndPoint(bare), "/in/erp/orders", Connections);
        var measured = new LoadClient(EndPoint(hub), "/in/erp/orders", Connections);
        // The first seconds pay for the compiler of the runtime, which a hub that runs for months has long forgotten.
        await yardstick.RunAsync(TimeSpan.FromSeconds(4), EngineRound.Body);
        await measured.RunAsync(TimeSpan.FromSeconds(10), EngineRound.Body);
        var ratios = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var limit = await yardstick.RunAsync(TimeSpan.FromSeconds(seconds), EngineRound.Body);
            var reached = await measured.RunAsync(TimeSpan.FromSeconds(seconds), EngineRound.Body);
            await engine.Engine.WaitForIdleAsync(CancellationToken.None);
            ratios.Add(reached.PerSecond / limit.PerSecond);
            Rounds.Print($"bare {limit.PerSecond:N0}/s {limit.CpuMicroseconds:F1} us cpu   hub {reached.PerSecond:N0}/s {reached.CpuMicroseconds:F1} us cpu   ratio {ratios[^1]:F2} by the clock, {limit.CpuMicroseconds / reached.CpuMicroseconds:F2} by cpu");
        }

        Rounds.Print($"median ratio {Rounds.Median(ratios):F2} (goal 0.50)");
    }

    private static async Task<WebApplication> StartBareAsync()
    {
        var application = Bare();
        application.MapPost("/in/{system}/{endpoint}", (RequestDelegate)(context =>
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        }));
        await application.StartAsync();
        return application;
    }

    private static async Task<WebApplication> StartHubAsync(HubEngine engine)
    {
        var application = Bare();
        new IngressApi(engine.Ingress, new DefinitionRoutes(engine)).Map(application);
        await application.StartAsync();
        return application;
    }

    private static WebApplication Bare()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private static IPEndPoint EndPoint(WebApplication application) =>
        new(IPAddress.Loopback, new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port);
}
