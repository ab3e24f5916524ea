using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tests.Crash;

/// <summary>The target system, outside the hub: it writes down what arrives, in the order it arrives.</summary>
internal sealed class OracleTarget : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<Arrival> _arrivals = new();
    private int _open;

    private OracleTarget(WebApplication application) => _application = application;

    /// <summary>One delivery that reached the target.</summary>
    /// <param name="Key">The lane.</param>
    /// <param name="Number">The number inside the lane, from 1.</param>
    /// <param name="IdempotencyKey">As it came with the request.</param>
    public sealed record Arrival(string Key, int Number, string IdempotencyKey);

    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>What arrived so far, oldest first.</summary>
    public IReadOnlyList<Arrival> Arrivals => [.. _arrivals];

    /// <summary>Requests that were received and not answered yet.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Tells when something arrived.</summary>
    public event Action? Arrived;

    public static async Task<OracleTarget> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var target = new OracleTarget(application);
        application.MapPost("/{collection}", target.TakeAsync);
        await application.StartAsync();
        return target;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Interlocked.Increment(ref _open);
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            _arrivals.Enqueue(new Arrival(
                body.RootElement.GetProperty("key").GetString()!,
                body.RootElement.GetProperty("number").GetInt32(),
                context.Request.Headers["Idempotency-Key"].ToString()));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }

        Arrived?.Invoke();
    }
}
