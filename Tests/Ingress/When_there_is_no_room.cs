using Hub.Abstractions.Ingress;
using Hub.Core.Journal;
using Mappings.Diagnostics;
using Tests.Runtime;

namespace Tests.Ingress;

public sealed class When_there_is_no_room
{
    [Fact]
    public async Task Should_ask_senders_to_come_back_while_too_much_is_in_flight()
    {
        await using var bench = await new EngineBench().Hub("ingress: { in_flight: 10 }").Orders(key: "").StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        for (var i = 0; i < 10; i++) Assert.Equal(IngressStatus.Accepted, (await bench.PostAsync($$"""{"no":"{{i}}"}""")).Status);

        var refused = await bench.PostAsync("""{"no":"11"}""");
        var waiting = bench.Engine.Ingress.WaitForRoomAsync(CancellationToken.None).AsTask();
        Assert.Equal(IngressStatus.Busy, refused.Status);
        Assert.InRange(refused.RetryAfter!.Value.TotalSeconds, 1, 30);
        Assert.Equal("ING704", refused.Finding!.Code);
        Assert.False(waiting.IsCompleted);

        latch.Open();
        await waiting;
        await bench.SettleAsync();
        Assert.Equal(IngressStatus.Accepted, (await bench.PostAsync("""{"no":"11"}""")).Status);
        await bench.SettleAsync();
        Assert.Equal(11, bench.Connector.Confirmed.Count);
    }

    [Fact]
    public async Task Should_refuse_new_work_while_the_disk_is_full_and_lose_nothing()
    {
        await using var bench = new EngineBench { MaxPages = 150 };
        await bench.Orders(key: "").StartAsync();
        var accepted = new List<string>();
        IngressResult result;
        do
        {
            var body = $$"""{"no":"{{accepted.Count}}","text":"{{new string('x', 3_000)}}"}""";
            result = await bench.PostAsync(body);
            if (result.Status == IngressStatus.Accepted) accepted.Add(body);
        }
        while (result.Status == IngressStatus.Accepted);

        Assert.Equal((IngressStatus.Unavailable, "JRN810"), (result.Status, result.Finding!.Code));
        Assert.NotNull(result.RetryAfter);
        Assert.NotEmpty(accepted);

        bench.MaxPages = 0;
        await bench.StopAsync();
        await bench.StartAsync();
        await bench.SettleAsync();
        Assert.Equal(IngressStatus.Accepted, (await bench.PostAsync("""{"no":"new"}""")).Status);
        await bench.SettleAsync();

        Assert.Empty(accepted.Except(bench.Bodies()));
        Assert.Equal((accepted.Count + 1, 0), ((int)(await bench.LedgerAsync()).Delivered, (int)(await bench.LedgerAsync()).Unaccounted));
    }

    [Fact]
    public async Task Should_take_messages_again_once_the_journal_can_be_written()
    {
        await using var bench = await new EngineBench().Orders(key: "").StartAsync();
        await bench.PostAsync("""{"no":"1"}""");
        await bench.SettleAsync();
        bench.Store.BeforeCommit = _ => throw new JournalException(Finding.Error("JRN810", SourcePosition.WholeFile("hub.db")));
        Assert.Equal(IngressStatus.Unavailable, (await bench.PostAsync("""{"no":"2"}""")).Status);

        bench.Store.BeforeCommit = null;
        while (!bench.Engine.Context.Journal.Health.Available)
        {
            bench.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.Equal(IngressStatus.Accepted, (await bench.PostAsync("""{"no":"2"}""")).Status);
        await bench.SettleAsync();
        Assert.Equal(2, (await bench.LedgerAsync()).Delivered);
    }
}
