using System.Text;
using System.Text.Json;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Messaging;
using Hub.Core.Operations;
using Tests.Runtime;

namespace Tests.Sagas;

/// <summary>The engine with the saga of orders at <c>sagas.orders</c>, and <c>pay.charges</c>, a system outside.</summary>
internal sealed class SagaBench : IAsyncDisposable
{
    public const string Endpoint = "sagas.orders";
    public const string Outbox = "sagas.orders.outbox";

    private SagaBench(EngineBench engine) => Engine = engine;

    public EngineBench Engine { get; }

    public OrderScript Script { get; } = new();

    public static SagaBench Create(string retry = "retry: { immediate: 0, delayed: [] }", Action<MessagingCatalog>? register = null, string endpoint = "{}", Action<EndpointRegistration>? saga = null)
    {
        var bench = new SagaBench(new EngineBench());
        bench.Engine.System("pay", "retry: { immediate: 0, delayed: [ 10s ], jitter: 0% }\nendpoints: { charges: {}, refunds: {} }")
            .Messaging("sagas", $"{retry}\nendpoints: {{ orders: {endpoint} }}", messaging =>
            {
                var registration = messaging.Endpoint(Endpoint).Saga(() => new OrderSaga(bench.Script));
                saga?.Invoke(registration);
                messaging.RouteToEndpoint<ChargeCard>("pay.charges");
                register?.Invoke(messaging);
            });
        return bench;
    }

    public static async Task<SagaBench> StartAsync(string retry = "retry: { immediate: 0, delayed: [] }", Action<MessagingCatalog>? register = null, string endpoint = "{}", Action<EndpointRegistration>? saga = null)
    {
        var bench = Create(retry, register, endpoint, saga);
        await bench.Engine.StartAsync();
        return bench;
    }

    public ValueTask<IngressResult> PostAsync(object message, string? eventId = null, string endpoint = Endpoint, string? headers = null) =>
        PostJsonAsync(JsonSerializer.Serialize(message, message.GetType(), Engine.Catalog.Json), message.GetType().FullName, eventId, endpoint, headers);

    public ValueTask<IngressResult> PostJsonAsync(string json, string? type, string? eventId = null, string endpoint = Endpoint, string? headers = null)
    {
        Assert.True(EndpointName.TryParse(endpoint, out var name));
        var attributes = new MessageAttributes { EventId = eventId, Type = type, Headers = headers };
        return Engine.Engine.Ingress.AcceptAsync(name, new IncomingPayload { Body = Encoding.UTF8.GetBytes(json), Attributes = attributes }, CancellationToken.None);
    }

    /// <summary>Hands a message in and waits until all that follows from it has ended.</summary>
    public async Task<MessageExplanation> RunAsync(object message)
    {
        var result = await PostAsync(message);
        await Engine.SettleAsync();
        return await ExplainAsync(result);
    }

    public async Task<MessageExplanation> ExplainAsync(IngressResult result) =>
        (await new HubOperations(Engine.Engine).ExplainAsync(Assert.Single(result.Messages).Id, CancellationToken.None))!;

    public async Task<OrderData?> DataAsync(string key = "4711")
    {
        var state = await Engine.Store.FindStateAsync($"saga:{Endpoint}", key, CancellationToken.None);
        return state is null ? null : JsonSerializer.Deserialize<OrderData>(state.Body.Span, Engine.Catalog.Json);
    }

    public async Task<IReadOnlyList<LedgerRow>> LedgerAsync()
    {
        await Engine.Engine.Context.Journal.FlushAsync();
        var rows = await Engine.Store.ReadLedgerAsync(CancellationToken.None);
        Assert.All(rows, r => Assert.Equal(0, r.Unaccounted));
        return rows;
    }

    public async Task<LedgerRow> LedgerAsync(string pipeline) =>
        (await LedgerAsync()).SingleOrDefault(r => r.Pipeline == pipeline) ?? new LedgerRow(pipeline, 0, 0, 0, 0, 0, 0);

    public async Task<int> DelayedAsync() => (await Engine.Store.ListStatesAsync("delayed", string.Empty, 1000, CancellationToken.None)).Count;

    public IEnumerable<string> Charges => Engine.Bodies("pay.charges");

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
