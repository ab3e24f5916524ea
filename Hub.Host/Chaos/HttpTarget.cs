using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Hub.Host.Chaos;

/// <summary>A target system outside the hub: it tells the oracle what arrives, in the order it arrives, and says yes.</summary>
internal sealed class HttpTarget : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HttpTarget(WebApplication application) => _application = application;

    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<HttpTarget> StartAsync(DeliveryOracle oracle, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        application.MapPost("/{collection}", async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var known = oracle.Arrived(
                body.RootElement.GetProperty("key").GetString()!,
                body.RootElement.GetProperty("number").GetInt32(),
                context.Request.Headers["Idempotency-Key"].ToString());
            context.Response.StatusCode = known ? StatusCodes.Status204NoContent : StatusCodes.Status400BadRequest;
        });
        await application.StartAsync(cancellationToken);
        return new HttpTarget(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
