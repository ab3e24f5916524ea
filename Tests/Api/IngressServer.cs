using System.Text;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Host.Api;
using Mappings.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tests.Api;

/// <summary>The HTTP ingress on a real server, in front of an ingress that answers as it is told and keeps what it was given.</summary>
public sealed class IngressServer : IAsyncLifetime, IIngress
{
    public const string Key = "s3cret-key";
    public const int MaxBody = 1000;
    private WebApplication _application = null!;

    public static MessageId Id { get; } = new(4711);

    public HttpClient Client { get; private set; } = null!;

    /// <summary>What the ingress answers.</summary>
    public IngressResult Answer { get; set; } = Accepted();

    /// <summary>What it was given last; null when it was not asked.</summary>
    public IncomingPayload? Payload { get; private set; }

    public EndpointName Endpoint { get; private set; }

    public static IngressResult Accepted() => new() { Status = IngressStatus.Accepted, Accepted = 1, Messages = [new AcceptedMessage(Id, "orders", false)] };

    public static IngressResult Refused(IngressStatus status, TimeSpan? retryAfter = null) =>
        new() { Status = status, RetryAfter = retryAfter, Finding = Finding.Error("FMT201", new SourcePosition("body", 2, 7), "lines", ("expected", "true"), ("found", "tru}")) };

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        new IngressApi(this, new Routes()).Map(_application);
        await _application.StartAsync();
        var address = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }

    /// <summary>Forgets the last request and answers "accepted" again.</summary>
    public void Reset()
    {
        Payload = null;
        Answer = Accepted();
    }

    public ValueTask<IngressResult> AcceptAsync(EndpointName endpoint, IncomingPayload payload, CancellationToken cancellationToken)
    {
        (Endpoint, Payload) = (endpoint, payload);
        return new(Answer);
    }

    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private sealed class Routes : IIngressRoutes
    {
        public IngressRoute? Find(string system, string endpoint) => (system, endpoint) switch
        {
            ("erp", "orders") => new IngressRoute(new EndpointName("erp", "orders"), "json", null, MaxBody),
            ("erp", "customers") => new IngressRoute(new EndpointName("erp", "customers"), "csv", null, MaxBody),
            ("hr", "employees") => new IngressRoute(new EndpointName("hr", "employees"), "xml", Encoding.UTF8.GetBytes(Key), MaxBody),
            _ => null,
        };
    }
}
