using System.Globalization;
using System.Text;
using Connectors.RabbitMq;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Tests.Servers;

namespace Tests.Connectors.RabbitMq;

/// <summary>The connector against a real broker, in a virtual host of its own, with a raw client beside it.</summary>
internal sealed class RabbitMqBench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConnectorSetup _setup = new();
    private readonly List<Task> _receiving = [];
    private readonly List<ISystemConnection> _systems = [];
    private readonly CancellationTokenSource _stop = new();
    private IConnection? _connection;
    private IChannel? _channel;

    private RabbitMqBench(RabbitMqServer server, string virtualHost)
    {
        Server = server;
        VirtualHost = virtualHost;
    }

    public RabbitMqServer Server { get; }

    public string VirtualHost { get; }

    public RabbitMqConnector Connector { get; } = new();

    public QueueIngress Ingress { get; } = new();

    public TestLog Log { get; } = new();

    public ConnectorSetup Setup => _setup;

    /// <summary>A channel of the raw client.</summary>
    public IChannel Raw => _channel!;

    public static async Task<RabbitMqBench> StartAsync(RabbitMqServer? own = null)
    {
        var server = own ?? await RabbitMqServer.SharedAsync();
        var bench = new RabbitMqBench(server, await server.NewVirtualHostAsync());
        await bench.ConnectRawAsync();
        return bench;
    }

    public async Task ConnectRawAsync()
    {
        _connection = await new ConnectionFactory { Uri = Server.AmqpUri(VirtualHost) }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync();
    }

    public string SystemYaml(string more = "") => string.Create(
        CultureInfo.InvariantCulture, $"address: amqp://127.0.0.1:{Server.Port}\nuser: guest\npassword: \"${{BUS_PASSWORD}}\"\nvhost: {VirtualHost}\n{more}");

    /// <summary>Opens a system with one endpoint.</summary>
    public (ISystemConnection System, EndpointContext Endpoint) Open(string endpoint, string? system = null, string name = "bus.orders")
    {
        _setup.Variables.TryAdd("BUS_PASSWORD", "guest");
        var context = _setup.Endpoint(Connector, name, endpoint);
        var opened = Connector.Open(_setup.System(Connector, "bus", system ?? SystemYaml(), context) with { Clock = TimeProvider.System, Logger = Log });
        _systems.Add(opened);
        return (opened, context);
    }

    public ISender Sender(string endpoint, string? system = null)
    {
        var (opened, context) = Open(endpoint, system);
        return opened.OpenSender(context);
    }

    /// <summary>Takes messages until the bench is disposed.</summary>
    public void Receive(string endpoint, IIngress? ingress = null, CancellationToken stop = default)
    {
        var (opened, context) = Open(endpoint);
        _receiving.Add(opened.ReceiveAsync(context, ingress ?? Ingress, stop.CanBeCanceled ? stop : _stop.Token));
    }

    /// <summary>The last receiver has ended.</summary>
    public Task ReceivedAsync() => _receiving[^1].WaitAsync(Patience);

    public async Task PublishAsync(string queue, string body, string? id = null, Action<BasicProperties>? set = null)
    {
        var properties = new BasicProperties { Persistent = true, MessageId = id };
        set?.Invoke(properties);
        await Raw.BasicPublishAsync(string.Empty, queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>Declares a queue and fills it with messages 0, 1, 2 and so on.</summary>
    public async Task FillAsync(string queue, int count, string type = "quorum", int from = 0)
    {
        await DeclareAsync(queue, type);
        for (var i = from; i < from + count; i++) await PublishAsync(queue, string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{i}}}"""), string.Create(CultureInfo.InvariantCulture, $"m{i}"));
    }

    public Task DeclareAsync(string queue, string type = "quorum") =>
        Raw.QueueDeclareAsync(queue, true, false, false, new Dictionary<string, object?> { ["x-queue-type"] = type });

    /// <summary>All that waits in a queue, taken out of it.</summary>
    public async Task<List<BasicGetResult>> DrainAsync(string queue)
    {
        var taken = new List<BasicGetResult>();
        while (await Raw.BasicGetAsync(queue, autoAck: true) is { } m)
            taken.Add(new BasicGetResult(m.DeliveryTag, m.Redelivered, m.Exchange, m.RoutingKey, m.MessageCount, m.BasicProperties, m.Body.ToArray()));
        return taken;
    }

    /// <summary>Waits until the broker shows a queue with so many messages that wait and so many that are in hand.</summary>
    public Task QueueIsAsync(string queue, int ready, int unacknowledged) => UntilAsync(
        async () =>
        {
            var (waiting, inHand) = await DepthAsync(queue);
            return waiting == ready && inHand == unacknowledged;
        },
        async () => $"{queue} has {await DepthAsync(queue)}, expected ({ready}, {unacknowledged}); log: {Log}");

    public async Task<(int Ready, int Unacknowledged)> DepthAsync(string queue)
    {
        var answer = await Server.AskAsync($"/api/queues/{VirtualHost}/{Uri.EscapeDataString(queue)}?disable_stats=false&msg_rates_age=0");
        int Number(string name) => answer.TryGetProperty(name, out var value) ? value.GetInt32() : -1;
        return (Number("messages_ready"), Number("messages_unacknowledged"));
    }

    /// <summary>Asks again, a few times a second, until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo, Func<Task<string>> picture)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var left = (int)(Patience / timer.Period); left > 0; left--)
        {
            if (await isSo()) return;
            await timer.WaitForNextTickAsync();
        }

        Assert.Fail(await picture());
    }

    public Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()), () => Task.FromResult($"accepted {Ingress.Accepted.Count}, offered {Ingress.Offered}; log: {Log}"));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Ingress.Release();
        foreach (var receiving in _receiving) await receiving.WaitAsync(Patience);
        foreach (var system in _systems) await system.DisposeAsync();
        if (_connection is not null) await _connection.DisposeAsync();
        _stop.Dispose();
        _setup.Delete();
    }
}
