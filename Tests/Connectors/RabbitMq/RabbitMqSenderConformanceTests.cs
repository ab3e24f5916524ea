using Connectors.RabbitMq;
using Hub.Abstractions.Connectors;
using Tests.Servers;

namespace Tests.Connectors.RabbitMq;

/// <summary>
/// Against a real broker with a consumer that looks at the message id, as <c>docs/guarantees.md</c> asks of a target. The broker
/// is taken away by way of another address: the one of a port that nobody listens on until it is brought back.
/// </summary>
[NeedsServer(Server.RabbitMq)]
public sealed class RabbitMqSenderConformanceTests : SenderConformance
{
    private RabbitMqBench? _bench;
    private PortGate? _gate;
    private ISender? _sender;

    protected override string Secret => "s3cret-of-the-bus";

    protected override ISender Sender => _sender!;

    public override async Task InitializeAsync()
    {
        if (ServerPrograms.SkipReason(Server.RabbitMq) is not null) return;
        _bench = await RabbitMqBench.StartAsync();
        await _bench.Server.PutAsync($"/api/users/hub-{_bench.VirtualHost}", new { password = Secret, tags = "" });
        await _bench.Server.PutAsync($"/api/permissions/{_bench.VirtualHost}/hub-{_bench.VirtualHost}", new { configure = ".*", write = ".*", read = ".*" });
        await _bench.DeclareAsync("crm.deals");
        _gate = new PortGate(_bench.Server.Port);
        _bench.Setup.Variables["BUS_PASSWORD"] = Secret;
        // The queue is bound for one more word: what has two is given back by the broker.
        _sender = _bench.Sender(
            "{ exchange: { name: crm, declare: create }, routing_key: \"deal.{externalId}\", queue: crm.deals, bindings: [ { exchange: crm, routing_key: deal.* } ] }",
            $"address: amqp://127.0.0.1:{_gate.Port}\nuser: hub-{_bench.VirtualHost}\npassword: \"${{BUS_PASSWORD}}\"\nvhost: {_bench.VirtualHost}");
    }

    public override async Task DisposeAsync()
    {
        if (_bench is null) return;
        await _bench.DisposeAsync();
        await _gate!.CloseAsync();
    }

    protected override IReadOnlyList<byte[]> Effects()
    {
        // Looks without taking: what is asked for twice is there twice.
        var all = _bench!.DrainAsync("crm.deals").GetAwaiter().GetResult();
        return [.. all.DistinctBy(m => m.BasicProperties.MessageId).Select(m => m.Body.ToArray())];
    }

    protected override Task TakeAwayAsync() => _gate!.CloseAsync();

    protected override Task BringBackAsync()
    {
        _gate!.Open();
        return Task.CompletedTask;
    }

    protected override OutgoingMessage Refused() => ConnectorSetup.Message("""{"externalId":"two.words"}""");
}
