using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tests.Claims;

/// <summary>A target that notes how long a body was and what its SHA-256 is, and keeps nothing of it.</summary>
internal sealed class HashingTarget : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly TaskCompletionSource<Body> _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HashingTarget(WebApplication application) => _application = application;

    /// <summary>One request.</summary>
    public sealed record Body(long Length, string Sha256, string? ContentType, string Digest, string IdempotencyKey);

    public string Address => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>The first body over a kilobyte.</summary>
    public Task<Body> Arrived => _arrived.Task;

    public static async Task<HashingTarget> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var target = new HashingTarget(application);
        application.MapPost("/{collection}", target.TakeAsync);
        await application.StartAsync();
        return target;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[64 * 1024];
        var length = 0L;
        int read;
        while ((read = await context.Request.Body.ReadAsync(block)) > 0)
        {
            length += read;
            hash.AppendData(block, 0, read);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        var headers = context.Request.Headers;
        if (length > 1024)
            _arrived.TrySetResult(new Body(length, Convert.ToHexStringLower(hash.GetHashAndReset()), context.Request.ContentType, headers["Repr-Digest"].ToString(), headers["Idempotency-Key"].ToString()));
    }
}
