using System.Globalization;
using Hub.Abstractions.Ingress;
using Hub.Core.Journal;
using Mappings.Diagnostics;
using Tests.Runtime;

namespace Tests.Delivery;

/// <summary><c>durability: broker</c>: the answer to the receiver is its acknowledgement, so what matters is when it comes and what the journal holds then.</summary>
public sealed class When_the_broker_keeps_a_message
{
    private const string Patient = "limits: { concurrency: 64 }\nretry: { immediate: 0, delayed: [ 1m ] }\nbreaker: { failures: 1000, open: 1s }\nendpoints: { deals: {}, contacts: {} }";

    private static EngineBench Bench(string steps = "  - send: crm.deals", string key = "key: no\n") =>
        new EngineBench().System("crm", Patient).Pipeline("orders", $"from: erp.orders\n{key}durability: broker\nsteps:\n{steps}");

    [Fact]
    public async Task Should_answer_when_it_is_delivered_and_write_no_row()
    {
        await using var bench = await Bench().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);

        var answer = bench.PostAsync("""{"no":"A"}""", "e1").AsTask();
        await latch.ArrivedAsync();
        Assert.False(answer.IsCompleted);
        latch.Open();

        Assert.Equal(IngressStatus.Accepted, (await answer).Status);
        await bench.SettleAsync();
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
        Assert.Empty(await bench.Store.QueryAsync(new MessageQuery(), default));
    }

    [Fact]
    public async Task Should_count_what_a_step_filters()
    {
        await using var bench = await Bench("  - filter: no != \"A\"\n  - send: crm.deals").StartAsync();

        Assert.Equal(IngressStatus.Accepted, (await bench.PostAsync("""{"no":"A"}""")).Status);

        await bench.SettleAsync();
        Assert.Equal(new LedgerRow("orders", 1, 0, 1, 0, 0, 0), await bench.LedgerAsync());
        Assert.Empty(bench.Connector.Sent);
    }

    [Fact]
    public async Task Should_post_counts_in_batches()
    {
        await using var bench = await Bench().StartAsync();
        var counts = new List<CountOperation>();
        bench.Store.AfterCommit = group => counts.AddRange(group.OfType<CountOperation>());

        for (var i = 0; i < 50; i++) await bench.PostAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"no":"K{{i}}"}"""));
        await bench.SettleAsync();

        Assert.Equal(50, Assert.Single(counts).Delivered);
    }

    [Fact]
    public async Task Should_give_the_journal_a_failed_attempt_with_its_message_in_one_commit_and_answer()
    {
        await using var bench = await Bench("  - send: [ crm.deals, crm.contacts ]").StartAsync();
        bench.Connector.FailFirst("crm.contacts", 1, () => EngineBench.Away());
        var groups = new List<JournalOperation[]>();
        bench.Store.AfterCommit = group => groups.Add([.. group]);

        var id = (await bench.PostAsync("""{"no":"A"}""", "e1")).Messages[0].Id;

        var first = groups.First(g => g.Any(o => o is AcceptOperation));
        Assert.Contains(first, o => o is AcceptOperation accept && accept.Message.Id == id && accept.Outcome!.Deliveries.Count == 2);
        Assert.Contains(first, o => o is RescheduleOperation { Delivery.Index: 1 });
        await bench.SettleAsync();
        var view = await bench.FindAsync(id);
        Assert.Equal(MessageState.Delivered, view.State);
        Assert.Single(view.Deliveries[1].Attempts);
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
        var keys = bench.Connector.Sent.Select(s => (s.Endpoint, s.Message.IdempotencyKey)).Distinct().ToList();
        Assert.Equal(3, bench.Connector.Sent.Count);
        Assert.Equal(2, keys.Count);
    }

    [Fact]
    public async Task Should_journal_a_message_whose_pipeline_fails()
    {
        await using var bench = await Bench("  - filter: amount > 10\n  - send: crm.deals").StartAsync();

        var answer = await bench.PostAsync("""{"no":"A","amount":"much"}""");

        Assert.Equal(IngressStatus.Accepted, answer.Status);
        Assert.Equal(MessageState.Dead, (await bench.FindAsync(answer.Messages[0].Id)).State);
        Assert.Equal(new LedgerRow("orders", 1, 0, 0, 0, 1, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_make_a_dead_letter_of_what_its_target_refuses()
    {
        await using var bench = await Bench().StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, EngineBench.Refused);

        var answer = await bench.PostAsync("""{"no":"A"}""");
        await bench.SettleAsync();

        Assert.Equal(MessageState.Dead, (await bench.FindAsync(answer.Messages[0].Id)).State);
        Assert.Equal(new LedgerRow("orders", 1, 0, 0, 0, 1, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_arrive_in_the_order_of_the_key_whatever_fails_between()
    {
        await using var bench = await new EngineBench()
            .System("crm", "limits: { concurrency: 16 }\nretry: { immediate: 3, delayed: [ 1s, 5s, 30s, 31s, 32s, 33s, 34s ] }\nbreaker: { failures: 1000, open: 1s }\nendpoints: { deals: {} }")
            .Pipeline("orders", "from: erp.orders\nkey: no\ndurability: broker\nsteps:\n  - send: crm.deals").StartAsync();
        var random = new Random(42);
        bench.Connector.OnSend("crm.deals", async (_, _) =>
        {
            bool fails, late;
            lock (random) (fails, late) = (random.Next(4) == 0, random.Next(2) == 0);
            if (late) await Task.Yield();
            if (fails) throw EngineBench.Away();
        });

        var answers = new List<Task<IngressResult>>();
        for (var number = 0; number < 30; number++)
        {
            for (var lane = 0; lane < 12; lane++)
                answers.Add(bench.PostAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"no":"K{{lane}}","n":{{number}}}""")).AsTask());
        }

        await bench.SettleAsync();

        Assert.All(await Task.WhenAll(answers), a => Assert.Equal(IngressStatus.Accepted, a.Status));
        Assert.Equal(360, bench.Connector.Confirmed.Count);
        foreach (var lane in bench.Connector.Sent.GroupBy(s => s.Message.Key))
            Assert.Equal(lane.Select(s => s.Message.Id).Order(), lane.Select(s => s.Message.Id));
        Assert.True(bench.Connector.Sent.Count > 400, "the script did not make attempts fail");
        Assert.Equal(new LedgerRow("orders", 360, 360, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_not_hold_those_behind_a_failed_one_unacknowledged()
    {
        await using var bench = await Bench().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        var first = bench.PostAsync("""{"no":"A","n":1}""").AsTask();
        await latch.ArrivedAsync();
        var second = bench.PostAsync("""{"no":"A","n":2}""").AsTask();
        bench.Connector.OnSend("crm.deals", (_, _) => ValueTask.CompletedTask);

        latch.Fail(EngineBench.Away());
        var third = bench.PostAsync("""{"no":"A","n":3}""").AsTask();

        Assert.All(await Task.WhenAll(first, second, third), a => Assert.Equal(IngressStatus.Accepted, a.Status));
        await bench.CrashAndStartAsync();
        await bench.SettleAsync();
        Assert.Equal([1, 2, 3], bench.Connector.Confirmed.Select(s => int.Parse(s.Body[^2..^1], CultureInfo.InvariantCulture)));
        Assert.Equal(new LedgerRow("orders", 3, 3, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_know_nothing_of_it_after_a_crash_and_send_it_with_the_same_key_when_it_comes_again()
    {
        await using var bench = await Bench().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        var lost = bench.PostAsync("""{"no":"A"}""", "e1").AsTask();
        await latch.ArrivedAsync();

        await bench.CrashAndStartAsync();
        bench.Connector.OnSend("crm.deals", (_, _) => ValueTask.CompletedTask);
        Assert.Equal(0, bench.Engine.InFlight);
        await bench.PostAsync("""{"no":"A"}""", "e1");

        Assert.Equal(IngressStatus.Unavailable, (await lost).Status);
        Assert.Equal(2, bench.Connector.Sent.Count);
        Assert.Single(bench.Connector.Sent.Select(s => s.Message.IdempotencyKey).Distinct());
    }

    [Fact]
    public async Task Should_go_on_with_the_same_key_when_the_journal_took_over_and_the_hub_died()
    {
        await using var bench = await Bench().StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, () => EngineBench.Away());
        await bench.PostAsync("""{"no":"A"}""", "e1");

        await bench.CrashAndStartAsync();
        await bench.SettleAsync();

        Assert.Equal(2, bench.Connector.Sent.Count);
        Assert.Single(bench.Connector.Sent.Select(s => s.Message.IdempotencyKey).Distinct());
        Assert.Equal(1, (await bench.LedgerAsync()).Delivered);
    }

    [Fact]
    public async Task Should_never_acknowledge_what_a_stop_cuts_off()
    {
        await using var bench = await Bench().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        var running = bench.PostAsync("""{"no":"A","n":1}""").AsTask();
        await latch.ArrivedAsync();
        var waiting = bench.PostAsync("""{"no":"A","n":2}""").AsTask();

        await bench.StopAsync();

        Assert.All(await Task.WhenAll(running, waiting), a => Assert.Equal(IngressStatus.Unavailable, a.Status));
        await bench.StartAsync();
        Assert.Equal(0, bench.Engine.InFlight);
        Assert.Empty(await bench.Store.QueryAsync(new MessageQuery(), default));
    }

    [Fact]
    public async Task Should_let_what_runs_end_before_it_stops()
    {
        await using var bench = await Bench().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        var running = bench.PostAsync("""{"no":"A","n":1}""").AsTask();
        await latch.ArrivedAsync();

        var stop = bench.Engine.StopAsync(default);
        latch.Open();
        await stop;

        Assert.Equal(IngressStatus.Accepted, (await running).Status);
        await bench.StartAsync();
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_become_the_journals_when_its_target_keeps_it_waiting()
    {
        await using var bench = await new EngineBench().System("crm", "limits: { timeout: 1h }\nendpoints: { deals: {} }")
            .Pipeline("orders", "from: erp.orders\ndurability: broker\nsteps:\n  - send: crm.deals").StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        var answer = bench.PostAsync("""{"no":"A"}""").AsTask();
        await latch.ArrivedAsync();

        bench.Clock.Advance(TimeSpan.FromMinutes(1));

        var id = (await answer).Messages[0].Id;
        Assert.Equal(MessageState.Open, (await bench.FindAsync(id)).State);
        latch.Open();
        await bench.SettleAsync();
        Assert.Equal(MessageState.Delivered, (await bench.FindAsync(id)).State);
        Assert.Single(bench.Connector.Sent);
    }

    [Fact]
    public async Task Should_not_answer_before_the_journal_can_be_written()
    {
        await using var bench = await Bench().StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, () => EngineBench.Away());
        var down = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isDown = true;
        bench.Store.BeforeCommit = _ =>
        {
            if (!isDown) return;
            down.TrySetResult();
            throw new JournalException(Finding.Error("JRN810", SourcePosition.WholeFile("hub.db")));
        };
        var answer = bench.PostAsync("""{"no":"A"}""").AsTask();
        await down.Task;
        Assert.False(answer.IsCompleted);

        isDown = false;
        while (!answer.IsCompleted)
        {
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(IngressStatus.Accepted, (await answer).Status);
        await bench.SettleAsync();
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_become_the_journals_when_its_pipeline_has_to_wait()
    {
        await using var bench = await Bench("  - enrich: { as: who, from: crm.contacts, where: { no: no } }\n  - send: crm.deals").StartAsync();
        var fails = 1;
        bench.Connector.Answer = async (_, _) =>
        {
            await Task.Yield();
            return Interlocked.Decrement(ref fails) >= 0 ? throw EngineBench.Away() : """{"name":"Li"}""";
        };

        var asked = await bench.PostAsync("""{"no":"A"}""");
        Assert.Equal(MessageState.Open, (await bench.FindAsync(asked.Messages[0].Id)).State);
        await bench.SettleAsync();
        await bench.PostAsync("""{"no":"B"}""");
        await bench.SettleAsync();

        Assert.Equal(2, bench.Connector.Sent.Count);
        Assert.Equal(MessageState.Delivered, (await bench.FindAsync(asked.Messages[0].Id)).State);
        Assert.Single(await bench.Store.QueryAsync(new MessageQuery(), default));
        Assert.Equal(new LedgerRow("orders", 2, 2, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_serve_a_journaled_pipeline_of_the_same_endpoint_beside_it()
    {
        await using var bench = await Bench().Pipeline("archive", "from: erp.orders\nsteps:\n  - send: crm.contacts").StartAsync();

        var answer = await bench.PostAsync("""{"no":"A"}""", "e1");
        var again = await bench.PostAsync("""{"no":"A"}""", "e1");
        await bench.SettleAsync();

        Assert.Equal(2, answer.Messages.Count);
        Assert.Equal(IngressStatus.Accepted, again.Status);
        Assert.Equal(new LedgerRow("orders", 2, 2, 0, 0, 0, 0), await bench.LedgerAsync());
        Assert.Equal(new LedgerRow("archive", 2, 1, 0, 1, 0, 0), await bench.LedgerAsync("archive"));
    }
}
