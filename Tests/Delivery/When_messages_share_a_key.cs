using System.Globalization;
using Hub.Core.Journal;
using Hub.Core.Operations;
using Tests.Runtime;

namespace Tests.Delivery;

public sealed class When_messages_share_a_key
{
    private const string Hold = "after_dead: hold\nretry: { immediate: 0, delayed: [] }\nendpoints: { deals: {} }";

    [Fact]
    public async Task Should_arrive_in_the_order_accepted_whatever_fails_between()
    {
        await using var bench = await new EngineBench()
            .System("crm", "limits: { concurrency: 16 }\nretry: { immediate: 3, delayed: [ 1s, 5s, 30s, 31s, 32s, 33s, 34s ] }\nbreaker: { failures: 1000, open: 1s }\nendpoints: { deals: {} }")
            .Orders().StartAsync();
        var random = new Random(42);
        bench.Connector.OnSend("crm.deals", async (_, _) =>
        {
            bool fails, late;
            lock (random) (fails, late) = (random.Next(3) == 0, random.Next(2) == 0);
            if (late) await Task.Yield();
            if (fails) throw EngineBench.Away();
        });

        for (var number = 0; number < 30; number++)
        {
            for (var lane = 0; lane < 12; lane++)
                await bench.PostAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"no":"K{{lane}}","n":{{number}}}"""));
        }

        await bench.SettleAsync();

        Assert.Equal(360, bench.Connector.Confirmed.Count);
        foreach (var lane in bench.Connector.Confirmed.GroupBy(s => s.Message.Key))
            Assert.Equal(lane.Select(s => s.Message.Id).Order(), lane.Select(s => s.Message.Id));

        // Not one attempt of a message was made before its predecessor was confirmed.
        foreach (var lane in bench.Connector.Sent.GroupBy(s => s.Message.Key))
            Assert.Equal(lane.Select(s => s.Message.Id).Order(), lane.Select(s => s.Message.Id));
        Assert.True(bench.Connector.Sent.Count > 400, "the script did not make attempts fail");
        Assert.Equal(new LedgerRow("orders", 360, 360, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_not_keep_another_key_waiting()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.OnSend("crm.deals", (message, _) => message.Key == "A" ? ValueTask.FromException(EngineBench.Away()) : ValueTask.CompletedTask);

        await bench.PostAsync("""{"no":"A"}""");
        await bench.PostAsync("""{"no":"B"}""");
        await bench.QuietAsync();

        Assert.Equal(["B"], bench.Connector.Confirmed.Select(s => s.Message.Key));
        Assert.Equal(1, bench.Engine.InFlight);
    }

    [Fact]
    public async Task Should_go_on_behind_a_dead_letter()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, EngineBench.Refused);

        await bench.PostAsync("""{"no":"A","n":1}""");
        await bench.PostAsync("""{"no":"A","n":2}""");
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"A","n":2}"""], bench.Connector.Confirmed.Select(s => s.Body));
    }

    [Fact]
    public async Task Should_wait_behind_a_dead_letter_until_its_replay_succeeds()
    {
        await using var bench = await new EngineBench().System("crm", Hold).Orders().StartAsync();
        var refusals = 2;
        bench.Connector.OnSend("crm.deals", (message, _) => message.Key == "A" && --refusals >= 0 ? ValueTask.FromException(EngineBench.Refused()) : ValueTask.CompletedTask);

        var dead = (await bench.PostAsync("""{"no":"A","n":1}""")).Messages[0].Id;
        await bench.PostAsync("""{"no":"A","n":2}""");
        await bench.PostAsync("""{"no":"B","n":3}""");
        await bench.QuietAsync();
        Assert.Equal(["B"], bench.Connector.Confirmed.Select(s => s.Message.Key));

        var operations = new HubOperations(bench.Engine);
        Assert.Single((await operations.ReplayAsync(new ReplayRequest { Ids = [dead.ToString()] }, CancellationToken.None)).Replayed);
        await bench.QuietAsync();
        Assert.Single(bench.Connector.Confirmed);

        Assert.Single((await operations.ReplayAsync(new ReplayRequest { Ids = [dead.ToString()] }, CancellationToken.None)).Replayed);
        await bench.SettleAsync();
        Assert.Equal(["""{"no":"B","n":3}""", """{"no":"A","n":1}""", """{"no":"A","n":2}"""], bench.Connector.Confirmed.Select(s => s.Body));
    }

    [Fact]
    public async Task Should_still_wait_behind_a_dead_letter_after_a_restart()
    {
        await using var bench = await new EngineBench().System("crm", Hold).Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, EngineBench.Refused);
        var dead = (await bench.PostAsync("""{"no":"A","n":1}""")).Messages[0].Id;
        await bench.PostAsync("""{"no":"A","n":2}""");
        await bench.QuietAsync();

        await bench.StopAsync();
        await bench.StartAsync();
        await bench.PostAsync("""{"no":"A","n":3}""");
        await bench.QuietAsync();
        Assert.Empty(bench.Connector.Confirmed);

        await new HubOperations(bench.Engine).ReplayAsync(new ReplayRequest { Ids = [dead.ToString()] }, CancellationToken.None);
        await bench.SettleAsync();
        Assert.Equal([1, 2, 3], bench.Connector.Confirmed.Select(s => s.Body[^2] - '0'));
    }

    [Fact]
    public async Task Should_go_on_when_the_dead_letter_is_purged()
    {
        await using var bench = await new EngineBench().System("crm", Hold).Orders().StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, EngineBench.Refused);
        await bench.PostAsync("""{"no":"A","n":1}""");
        await bench.PostAsync("""{"no":"A","n":2}""");
        await bench.QuietAsync();

        Assert.Equal(1, await bench.Engine.PurgeAsync(bench.Clock.GetUtcNow().AddDays(1), dead: true, 100, CancellationToken.None));
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"A","n":2}"""], bench.Connector.Confirmed.Select(s => s.Body));
    }
}
