using Hub.Abstractions.Ingress;
using Tests.Servers;

namespace Tests.Connectors.RabbitMq;

public sealed class When_a_queue_is_taken_from
{
    private const string Endpoint = "{ queue: erp.orders }";

    [ServerTheory(Server.RabbitMq)]
    [InlineData("quorum")]
    [InlineData("classic")]
    public async Task Should_offer_all_in_order_and_acknowledge_what_the_hub_has(string type)
    {
        await using var bench = await RabbitMqBench.StartAsync();
        await bench.FillAsync("erp.orders", 300, type);
        bench.Receive($$"""{ queue: { name: erp.orders, type: {{type}} }, prefetch: 50 }""");

        await bench.UntilAsync(() => bench.Ingress.Accepted.Count == 300);

        Assert.Equal(Enumerable.Range(0, 300).Select(n => $$"""{"n":{{n}}}"""), bench.Ingress.Bodies);
        Assert.Equal(Enumerable.Range(0, 300).Select(n => $"m{n}"), bench.Ingress.Accepted.Select(p => p.Attributes.EventId));
        await bench.QueueIsAsync("erp.orders", 0, 0);
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_have_the_prefetch_in_hand_and_nothing_acknowledged_before_the_hub_answers()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        bench.Ingress.Waits = true;
        await bench.FillAsync("erp.orders", 30);
        bench.Receive("{ queue: erp.orders, prefetch: 20 }");

        await bench.UntilAsync(() => bench.Ingress.Offered == 20);
        await bench.QueueIsAsync("erp.orders", 10, 20);
        bench.Ingress.Release();

        await bench.QueueIsAsync("erp.orders", 0, 0);
        Assert.Equal(30, bench.Ingress.Accepted.Count);
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_hold_what_is_in_hand_without_giving_it_back_while_the_hub_is_full()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        bench.Ingress.Fill();
        await bench.FillAsync("erp.orders", 30);
        bench.Receive("{ queue: erp.orders, prefetch: 20 }");

        await bench.UntilAsync(() => bench.Log.Holds("holds what it has in hand"));
        await bench.QueueIsAsync("erp.orders", 10, 20);
        Assert.Empty(bench.Ingress.Accepted);
        bench.Ingress.MakeRoom();

        await bench.QueueIsAsync("erp.orders", 0, 0);
        Assert.Equal(Enumerable.Range(0, 30).Select(n => $$"""{"n":{{n}}}"""), bench.Ingress.Bodies);
        Assert.Equal(0, bench.Ingress.Duplicates);
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_try_again_in_order_when_the_journal_was_away()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        var refusals = 3;
        bench.Ingress.Instead = _ => refusals-- > 0 ? new IngressResult { Status = IngressStatus.Unavailable, RetryAfter = TimeSpan.FromMilliseconds(50) } : null;
        await bench.FillAsync("erp.orders", 10);
        bench.Receive(Endpoint);

        await bench.QueueIsAsync("erp.orders", 0, 0);

        Assert.Equal(Enumerable.Range(0, 10).Select(n => $$"""{"n":{{n}}}"""), bench.Ingress.Bodies);
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_acknowledge_a_message_that_became_a_dead_letter_of_the_hub()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        bench.Ingress.Instead = p => p.Body.Span[0] == '!' ? new IngressResult { Status = IngressStatus.Malformed, Malformed = 1 } : null;
        await bench.DeclareAsync("erp.orders");
        await bench.PublishAsync("erp.orders", "!", "bad");
        await bench.FillAsync("erp.orders", 3);
        bench.Receive(Endpoint);

        await bench.QueueIsAsync("erp.orders", 0, 0);

        Assert.Equal(3, bench.Ingress.Accepted.Count);
        Assert.Equal(4, bench.Ingress.Offered);
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_leave_a_message_that_nobody_can_keep_in_its_queue_and_go_on_with_the_others()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        bench.Ingress.Instead = p => p.Body.Span[0] == '!' ? new IngressResult { Status = IngressStatus.TooLarge } : null;
        await bench.DeclareAsync("erp.orders");
        await bench.PublishAsync("erp.orders", "!", "bad");
        await bench.FillAsync("erp.orders", 100);
        bench.Receive("{ queue: erp.orders, prefetch: 10 }");

        await bench.UntilAsync(() => bench.Ingress.Accepted.Count == 100);

        Assert.True(bench.Log.Holds("stays un-acknowledged"), bench.Log.ToString());
        Assert.Equal(1, bench.Ingress.Offered - bench.Ingress.Accepted.Count);
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_finish_what_is_in_hand_when_it_is_told_to_stop()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        using var stop = new CancellationTokenSource();
        await bench.FillAsync("erp.orders", 50);
        bench.Receive(Endpoint, stop: stop.Token);
        await bench.UntilAsync(() => bench.Ingress.Accepted.Count == 50);

        await stop.CancelAsync();
        await bench.ReceivedAsync();

        await bench.QueueIsAsync("erp.orders", 0, 0);
    }

    [ServerFact(Server.RabbitMq)]
    public async Task Should_lower_the_number_in_hand_for_large_bodies_and_lose_none()
    {
        await using var bench = await RabbitMqBench.StartAsync();
        bench.Ingress.Waits = true;
        await bench.DeclareAsync("erp.orders");
        for (var i = 0; i < 30; i++) await bench.PublishAsync("erp.orders", new string('x', 100_000), $"large{i}");
        bench.Receive("{ queue: erp.orders, prefetch: 10, prefetch_size: 200KB }");
        // The first ones come under the configured number; then two fit.
        await bench.UntilAsync(() => bench.Ingress.Offered >= 10);
        bench.Ingress.Release();

        await bench.QueueIsAsync("erp.orders", 0, 0);
        Assert.Equal(30, bench.Ingress.Accepted.Count);
        await RabbitMqBench.UntilAsync(
            async () => (await bench.Server.AskAsync($"/api/consumers/{bench.VirtualHost}")).EnumerateArray().Single().GetProperty("prefetch_count").GetInt32() == 2,
            async () => (await bench.Server.AskAsync($"/api/consumers/{bench.VirtualHost}")).ToString());
    }
}
