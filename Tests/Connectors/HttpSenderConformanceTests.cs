using System.Collections.Concurrent;
using System.Text;
using Connectors.Http;
using Hub.Abstractions.Connectors;
using Microsoft.AspNetCore.Http;

namespace Tests.Connectors;

/// <summary>Against a target that keeps idempotency keys, as <c>docs/guarantees.md</c> asks of it, and that shows the caller's credentials in its refusals.</summary>
public sealed class HttpSenderConformanceTests : SenderConformance
{
    private readonly ConcurrentDictionary<string, byte[]> _applied = new();
    private readonly ConnectorSetup _setup = new();
    private HttpTargetServer? _server;
    private int _port;
    private ISystemConnection? _system;
    private ISender? _sender;

    protected override string Secret => "t0ken-of-the-crm";

    protected override ISender Sender => _sender!;

    public override async Task InitializeAsync()
    {
        await BringBackAsync();
        var connector = new HttpConnector();
        _setup.Variables["TOKEN"] = Secret;
        var endpoint = _setup.Endpoint(connector, "crm.deals");
        _system = connector.Open(_setup.System(connector, "crm", $"address: {_server!.Address}\nauth: {{ bearer: \"${{TOKEN}}\" }}", endpoint));
        _sender = _system.OpenSender(endpoint);
    }

    public override async Task DisposeAsync()
    {
        await _system!.DisposeAsync();
        await TakeAwayAsync();
        _setup.Delete();
    }

    protected override IReadOnlyList<byte[]> Effects() => [.. _applied.Values];

    protected override async Task TakeAwayAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _server = null;
    }

    protected override async Task BringBackAsync()
    {
        _server = await HttpTargetServer.StartAsync(_port);
        _port = _server.Address.Port;
        _server.Answer = async (context, exchange) =>
        {
            if (Encoding.UTF8.GetString(exchange.Body).Contains("refuse me", StringComparison.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                await context.Response.WriteAsync($"not with {exchange.Headers["Authorization"]}");
                return;
            }

            _applied.TryAdd(exchange.Headers["Idempotency-Key"], exchange.Body);
            context.Response.StatusCode = StatusCodes.Status201Created;
        };
    }

    protected override OutgoingMessage Refused() => ConnectorSetup.Message("""{"text":"refuse me"}""");
}
