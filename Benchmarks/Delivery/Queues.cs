using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Benchmarks.Mapping;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Benchmarks.Delivery;

/// <summary>The two queues every forwarder stands between, seen from outside.</summary>
internal sealed class Queues : IAsyncDisposable
{
    private const int Window = 1_000;

    private static readonly List<byte[]> Orders = SalesOrder.Documents(1_000, 4);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private long _number;

    private Queues(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    public static async Task<Queues> OpenAsync(int port)
    {
        var connection = await new ConnectionFactory { HostName = "127.0.0.1", Port = port, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        return new Queues(connection, await connection.CreateChannelAsync());
    }

    /// <summary>Both empty; MassTransit sends to an exchange named out.</summary>
    public async Task ResetAsync(string type)
    {
        foreach (var queue in (string[])["in", "out", "in_error", "in_skipped"]) await _channel.QueueDeleteAsync(queue);
        foreach (var exchange in (string[])["in", "out"]) await _channel.ExchangeDeleteAsync(exchange);
        var arguments = new Dictionary<string, object?> { ["x-queue-type"] = type };
        await _channel.QueueDeclareAsync("in", true, false, false, arguments);
        await _channel.QueueDeclareAsync("out", true, false, false, arguments);
        await _channel.ExchangeDeclareAsync("out", "fanout", true);
        await _channel.QueueBindAsync("out", "out", string.Empty);
    }

    public async Task FillAsync(int count)
    {
        await using var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true, new ThrottlingRateLimiter(2 * Window)));
        var pending = new List<Task>(Window);
        for (var i = 0; i < count; i++)
        {
            pending.Add(channel.BasicPublishAsync(string.Empty, "in", false, Properties(), Order(i, 0)).AsTask());
            if (pending.Count < Window) continue;
            await Task.WhenAll(pending);
            pending.Clear();
        }

        await Task.WhenAll(pending);
    }

    public async Task<long> CountAsync(string queue) => (await _channel.QueueDeclarePassiveAsync(queue)).MessageCount;

    /// <summary>Publishes at a steady rate.</summary>
    public async Task PublishAsync(int perSecond, double seconds)
    {
        await using var channel = await _connection.CreateChannelAsync();
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var total = (int)(perSecond * seconds);
        for (var i = 0; i < total;)
        {
            var due = Math.Min(total, (int)(watch.Elapsed.TotalSeconds * perSecond));
            for (; i < due; i++) await channel.BasicPublishAsync(string.Empty, "in", false, Properties(), Order(i, Stopwatch.GetTimestamp()));
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Takes from <c>out</c> and tells each message's way in milliseconds, by the time stamp that went through the mapping.</summary>
    public async Task<IAsyncDisposable> ConsumeAsync(Action<double> arrived)
    {
        var connection = await new ConnectionFactory { HostName = "127.0.0.1", Port = _connection.Endpoint.Port, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) =>
        {
            var now = Stopwatch.GetTimestamp();
            var body = message.Body.Span;
            var at = body.IndexOf("\"sentTicks\":"u8) + 12;
            if (at >= 12 && Utf8Parser.TryParse(body[at..], out long sent, out int _) && sent > 0) arrived((now - sent) * 1000.0 / Stopwatch.Frequency);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync("out", true, consumer);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static byte[] Order(int number, long sentTicks)
    {
        var order = Orders[number % Orders.Count];
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"sentTicks\":{sentTicks},"));
        return [.. head, .. order.AsSpan(1)];
    }

    private BasicProperties Properties() => new()
    {
        Persistent = true,
        MessageId = new Guid(0, 0, 0, BitConverter.GetBytes(++_number)).ToString(),
        ContentType = "application/json",
    };
}
