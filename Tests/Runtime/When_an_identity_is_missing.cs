using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Operations;
using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Tests.Runtime;

/// <summary>Customers establish accounts; orders need them in the four ways of <c>missing</c>.</summary>
public sealed class When_an_identity_is_missing
{
    private static readonly XrefEntry C1 = new(new XrefKey("account", "erp", "C1", "crm"), "A-1");

    [Fact]
    public async Task And_it_is_an_error_Should_be_dead_with_the_reason()
    {
        await using var bench = await Bench("error").StartAsync();

        var id = (await bench.PostAsync("""{"no":"1","customer":"C1"}""")).Messages[0].Id;

        var view = await bench.FindAsync(id);
        Assert.Equal(MessageState.Dead, view.State);
        Assert.Equal("body:1:22: error XRF401: account: there is no crm account for erp C1", view.Outcome!.Findings[0].ToString());
    }

    [Fact]
    public async Task And_held_Should_wait_say_why_and_go_on_when_the_customer_is_settled()
    {
        await using var bench = await Bench("hold").StartAsync();
        var operations = new HubOperations(bench.Engine);

        var id = (await bench.PostAsync("""{"no":"1","customer":"C1"}""")).Messages[0].Id;
        await bench.QuietAsync();

        Assert.Empty(bench.Bodies());
        Assert.Equal(1, (await operations.StatusAsync(default)).Held);
        Assert.Equal("XRF402", Assert.Single((await operations.ExplainAsync(id, default))!.Findings).Code);
        Assert.Equal("body:1:22: warning XRF402: account: there is no crm account for erp C1 yet; held until it arrives", (await operations.MessagesAsync(new MessageQuery(), default))[0].Reason);

        await bench.PostBytesAsync("""{"id":"C1"}"""u8.ToArray(), endpoint: "erp.customers");
        await bench.DurableAsync();
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"1","account":"A-C1"}"""], bench.Bodies());
        Assert.Equal(0, (await operations.StatusAsync(default)).Held);
        Assert.Equal([new XrefLine("account", "erp", "C1", "crm", "A-C1")], await operations.FindXrefsAsync("account", "A-C1", default));
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task And_held_Should_keep_its_lane_in_order()
    {
        await using var bench = await Bench("hold").StartAsync();

        await bench.PostAsync("""{"no":"1","customer":"C1"}""");
        await bench.PostAsync("""{"no":"1","customer":"C2"}""");
        await new HubOperations(bench.Engine).ImportXrefsAsync([new XrefLine("account", "erp", "C2", "crm", "A-2")], default);
        await bench.QuietAsync();
        Assert.Empty(bench.Bodies());

        await new HubOperations(bench.Engine).ImportXrefsAsync([XrefLine.Of(C1)], default);
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"1","account":"A-1"}""", """{"no":"1","account":"A-2"}"""], bench.Bodies());
    }

    [Fact]
    public async Task And_held_Should_go_on_waiting_after_a_crash()
    {
        await using var bench = await Bench("hold").StartAsync();
        await bench.PostAsync("""{"no":"1","customer":"C1"}""");
        await bench.QuietAsync();

        await bench.CrashAndStartAsync();
        await bench.QuietAsync();
        Assert.Equal(1, (await new HubOperations(bench.Engine).StatusAsync(default)).Held);
        await new HubOperations(bench.Engine).ImportXrefsAsync([XrefLine.Of(C1)], default);
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"1","account":"A-1"}"""], bench.Bodies());
    }

    [Fact]
    public async Task And_held_too_long_Should_be_dead_and_replayable()
    {
        await using var bench = await Bench("hold, hold_for: 2h").StartAsync();
        var id = (await bench.PostAsync("""{"no":"1","customer":"C1"}""")).Messages[0].Id;

        await bench.SettleAsync();

        var view = await bench.FindAsync(id);
        Assert.Equal("body:1:22: error XRF405: account: there is no crm account for erp C1; waited 2h for it", Assert.Single(view.Outcome!.Findings).ToString());
        await bench.Engine.ReplayAsync(id, "the customer will come");
        await bench.QuietAsync();
        await new HubOperations(bench.Engine).ImportXrefsAsync([XrefLine.Of(C1)], default);
        await bench.SettleAsync();
        Assert.Equal(MessageState.Delivered, (await bench.FindAsync(id)).State);
    }

    [Fact]
    public async Task And_the_hub_makes_it_Should_send_the_same_id_from_then_on()
    {
        await using var bench = await Bench("create").StartAsync();

        await bench.PostAsync("""{"no":"1","customer":"C1"}""");
        await bench.PostAsync("""{"no":"2","customer":"C1"}""");
        await bench.SettleAsync();

        var entry = Assert.Single(await new HubOperations(bench.Engine).FindXrefsAsync("account", "C1", default));
        Assert.Equal([$$"""{"no":"1","account":"{{entry.Target}}"}""", $$"""{"no":"2","account":"{{entry.Target}}"}"""], bench.Bodies());
    }

    [Fact]
    public async Task And_wanted_later_Should_send_without_it_and_once_again_with_it()
    {
        await using var bench = await Bench("later").StartAsync();
        var first = (await bench.PostAsync("""{"no":"1","customer":"C1"}""")).Messages[0].Id;
        await bench.SettleAsync();
        Assert.Equal("XRF403", Assert.Single((await bench.FindAsync(first)).Outcome!.Findings).Code);

        await new HubOperations(bench.Engine).ImportXrefsAsync([XrefLine.Of(C1)], default);
        await bench.QuietAsync();
        await bench.SettleAsync();
        await new HubOperations(bench.Engine).ImportXrefsAsync([XrefLine.Of(C1 with { Target = "A-9" })], default);
        await bench.QuietAsync();
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"1"}""", """{"no":"1","account":"A-1"}"""], bench.Bodies());
        var repair = (await bench.FindAsync(bench.Connector.Sent[1].Message.Id)).Message;
        Assert.Equal((first.ToString(), "1"), (repair.Attributes.RepairOf, repair.Key));
        Assert.NotEqual(first, repair.Id);
        Assert.Equal(new LedgerRow("orders", 2, 2, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task And_wanted_later_Should_leave_a_lane_alone_that_has_a_newer_message()
    {
        await using var bench = await Bench("later").StartAsync();
        await bench.PostAsync("""{"no":"1","customer":"C1"}""");
        await bench.PostAsync("""{"no":"1","customer":""}""");
        await bench.SettleAsync();

        await new HubOperations(bench.Engine).ImportXrefsAsync([XrefLine.Of(C1)], default);
        await bench.QuietAsync();
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"1"}""", """{"no":"1"}"""], bench.Bodies());
        Assert.Equal(new LedgerRow("orders", 2, 2, 0, 0, 0, 0), await bench.LedgerAsync());
        Assert.Empty(await bench.Store.FindOverdueAsync(default));
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("later")]
    public async Task And_the_hub_is_killed_between_settling_and_waking_Should_go_on_after_the_start(string missing)
    {
        await using var bench = await Bench(missing).StartAsync();
        await bench.PostAsync("""{"no":"1","customer":"C1"}""");
        await bench.QuietAsync();
        bench.Store.AfterCommit = group =>
        {
            if (group.Any(operation => operation.Xrefs.Count > 0)) bench.Store.Crash();
        };

        await bench.PostBytesAsync("""{"id":"C1"}"""u8.ToArray(), endpoint: "erp.customers");
        await CrashedAsync(bench);
        await bench.CrashAndStartAsync();
        await bench.DurableAsync();
        await bench.SettleAsync();

        Assert.Equal("""{"no":"1","account":"A-C1"}""", bench.Bodies().Last());
        Assert.Equal(0, (await bench.LedgerAsync()).InFlight);
        Assert.Equal(0, (await bench.LedgerAsync()).Unaccounted);
        Assert.Equal(0, (await bench.LedgerAsync()).Dead);
    }

    [Fact]
    public async Task And_the_hub_is_killed_before_the_settling_is_durable_Should_establish_it_after_the_start()
    {
        await using var bench = await Bench("hold").StartAsync();
        await bench.PostAsync("""{"no":"1","customer":"C1"}""");
        bench.Store.BeforeCommit = group =>
        {
            if (group.Any(operation => operation is SettleOperation)) bench.Store.Crash();
        };

        await bench.PostBytesAsync("""{"id":"C1"}"""u8.ToArray(), endpoint: "erp.customers");
        await CrashedAsync(bench);
        await bench.CrashAndStartAsync();
        await bench.DurableAsync();
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"1","account":"A-C1"}"""], bench.Bodies());
    }

    /// <summary>Until the crash that the test has prepared: it comes with the commit of what was posted.</summary>
    private static async Task CrashedAsync(EngineBench bench)
    {
        await bench.QuietAsync();
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.Store.Crashed;
    }

    [Fact]
    public async Task And_the_hub_stops_while_entries_arrive_Should_stop_at_once()
    {
        await using var bench = await Bench("hold").StartAsync();
        var stopping = new TaskCompletionSource();
        bench.Connector.OnSend("crm.accounts", async (_, _) => await stopping.Task);
        await bench.PostBytesAsync("""{"id":"C1"}"""u8.ToArray(), endpoint: "erp.customers");
        var before = bench.Clock.GetUtcNow();

        var stop = bench.Engine.StopAsync(default);
        stopping.SetResult();
        await stop;

        Assert.Equal(before, bench.Clock.GetUtcNow());
    }

    [Fact]
    public async Task And_the_identity_map_cannot_be_read_Should_try_again_until_it_can()
    {
        await using var bench = await Bench("hold").StartAsync();
        await new HubOperations(bench.Engine).ImportXrefsAsync([XrefLine.Of(C1)], default);
        var failures = 5;
        bench.Store.BeforeFind = () =>
        {
            if (failures-- > 0) throw new JournalException(Finding.Error("JRN812", SourcePosition.WholeFile("hub.db")));
        };

        await bench.PostAsync("""{"no":"1","customer":"C1"}""");
        await bench.SettleAsync();

        Assert.True(failures < 0);
        Assert.Equal(["""{"no":"1","account":"A-1"}"""], bench.Bodies());
    }

    private static EngineBench Bench(string missing) => new EngineBench()
        .System("erp", "endpoints: { orders: {}, customers: {} }")
        .System("crm", "endpoints: { deals: {}, accounts: {} }")
        .Mapping("account", "source: { system: erp }\ntarget: { system: crm }\nidentity: { entity: account, from: id, to: code }\nfields:\n  code: = \"A-\" & id")
        .Mapping("deal", $"defaults: {{ empty_as: missing }}\nfields:\n  no: no\n  account: {{ from: customer, required: false, xref: {{ entity: account, from: erp, to: crm, missing: {missing} }} }}")
        .Pipeline("customers", "from: erp.customers\nkey: id\nsteps:\n  - map: account\n  - send: crm.accounts")
        .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - map: deal\n  - send: crm.deals");
}
