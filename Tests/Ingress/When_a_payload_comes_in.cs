using System.Text;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Runtime;

namespace Tests.Ingress;

public sealed class When_a_payload_comes_in
{
    [Fact]
    public async Task Should_refuse_what_cannot_be_read_and_keep_nothing()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();

        var result = await bench.PostAsync("""{"no":"A",}""");

        Assert.Equal(IngressStatus.Malformed, result.Status);
        Assert.StartsWith("body:1:11", result.Finding!.At.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(await bench.Store.ReadLedgerAsync(CancellationToken.None), r => r.Received > 0);
    }

    [Fact]
    public async Task Should_make_a_dead_letter_with_the_bytes_when_the_sender_cannot_be_told()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();

        var result = await bench.PostAsync("""{"no":"A",}""", malformed: MalformedPolicy.DeadLetter);
        var again = await bench.PostAsync("""{"no":"A",}""", malformed: MalformedPolicy.DeadLetter);

        Assert.Equal((IngressStatus.Malformed, 1), (result.Status, result.Malformed));
        var view = await bench.FindAsync(Assert.Single(result.Messages).Id);
        Assert.Equal(MessageState.Dead, view.State);
        Assert.Equal("""{"no":"A",}""", Encoding.UTF8.GetString(view.Message.Original.Span));
        Assert.Equal(0, view.Message.Body.Length);
        Assert.Equal(result.Finding!.Code, Assert.Single(view.Outcome!.Findings).Code);
        Assert.True(Assert.Single(again.Messages).Duplicate);
    }

    [Fact]
    public async Task Should_be_a_dead_letter_when_it_has_no_key()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();

        var result = await bench.PostAsync("""{"other":1}""");

        Assert.Equal(IngressStatus.Accepted, result.Status);
        Assert.Equal(MessageState.Dead, (await bench.FindAsync(result.Messages[0].Id)).State);
        Assert.Equal(new LedgerRow("orders", 1, 0, 0, 0, 1, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_take_the_records_of_one_payload_one_by_one_and_repeats_of_them_only_once()
    {
        await using var bench = await new EngineBench().System("erp", "endpoints: { orders: { format: ndjson } }").Orders().StartAsync();
        var lines = string.Concat(Enumerable.Range(1, 700).Select(i => $$"""{"no":"K{{i % 50}}","n":{{i}}}""" + "\n"));

        var first = await bench.PostAsync(lines, "file-1");
        var second = await bench.PostAsync(lines, "file-1");
        await bench.SettleAsync();

        Assert.Equal((IngressStatus.Accepted, 700L, 0L), (first.Status, first.Accepted, first.Duplicates));
        Assert.Equal((IngressStatus.Duplicate, 0L, 700L), (second.Status, second.Accepted, second.Duplicates));
        Assert.Equal(first.Messages.Select(m => m.Id), second.Messages.Select(m => m.Id));
        Assert.Equal(700, bench.Connector.Confirmed.Count);
        foreach (var lane in bench.Connector.Confirmed.GroupBy(s => s.Message.Key))
            Assert.Equal(lane.Select(s => s.Message.Id).Order(), lane.Select(s => s.Message.Id));
        Assert.Equal("file-1#1", (await bench.FindAsync(first.Messages[0].Id)).Message.Attributes.EventId);
    }

    [Fact]
    public async Task Should_refuse_all_records_for_one_that_is_bad()
    {
        await using var bench = await new EngineBench().System("erp", "endpoints: { orders: { format: ndjson } }").Orders().StartAsync();

        var result = await bench.PostAsync("{\"no\":\"A\"}\n{\"no\":1,}\n{\"no\":\"C\"}\n");

        Assert.Equal(IngressStatus.Malformed, result.Status);
        Assert.Equal(2, result.Finding!.At.Line);
        Assert.Equal(0, bench.Engine.InFlight);
        Assert.DoesNotContain(await bench.Store.ReadLedgerAsync(CancellationToken.None), r => r.Received > 0);
    }

    [Fact]
    public async Task Should_go_on_behind_a_bad_record_when_the_sender_cannot_be_told()
    {
        await using var bench = await new EngineBench().System("erp", "endpoints: { orders: { format: ndjson } }").Orders().StartAsync();

        var result = await bench.PostAsync("{\"no\":\"A\"}\n{\"no\":1,}\n{\"no\":\"C\"}\n", malformed: MalformedPolicy.DeadLetter);
        await bench.SettleAsync();

        Assert.Equal((IngressStatus.Accepted, 2L, 1L), (result.Status, result.Accepted, result.Malformed));
        Assert.Equal(["A", "C"], bench.Connector.Confirmed.Select(s => s.Message.Key).Order());
        Assert.Equal(new LedgerRow("orders", 3, 2, 0, 0, 1, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_keep_the_bytes_of_another_format_beside_the_json()
    {
        await using var bench = await new EngineBench().System("erp", "endpoints: { orders: { format: csv, encoding: gbk } }").Orders().StartAsync();
        var bytes = Encoding.GetEncoding("gbk").GetBytes("no,name\r\nA,张三\r\nB,李四\r\n");

        var result = await bench.PostBytesAsync(bytes);
        await bench.SettleAsync();

        Assert.Equal(2, result.Accepted);
        Assert.Equal("""{"no":"B","name":"李四"}""", bench.Bodies().Order().Last());
        var view = await bench.FindAsync(result.Messages[1].Id);
        Assert.Equal("body:3:1", view.Message.Attributes.Origin);
        Assert.Equal("B,李四", Encoding.GetEncoding("gbk").GetString(view.Message.Original.Span).TrimEnd());
    }

    [Fact]
    public async Task Should_give_each_record_to_each_pipeline_of_the_endpoint()
    {
        await using var bench = await new EngineBench().Orders()
            .Pipeline("copies", "from: erp.orders\nkey: no\nsteps:\n  - send: crm.contacts").StartAsync();

        var result = await bench.PostAsync("""{"no":"A"}""");
        await bench.SettleAsync();

        Assert.Equal((1L, 2), (result.Accepted, result.Messages.Count));
        Assert.Equal(["crm.contacts", "crm.deals"], bench.Connector.Sent.Select(s => s.Endpoint).Order());
    }

    [Fact]
    public async Task Should_say_that_no_pipeline_starts_at_the_endpoint()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();

        var unknown = await bench.PostBytesAsync("{}"u8.ToArray(), endpoint: "erp.order");

        Assert.Equal(IngressStatus.UnknownEndpoint, unknown.Status);
        Assert.Equal("error ING703: no pipeline takes messages from \"erp.order\"; did you mean \"erp.orders\"?", unknown.Finding!.ToString());
    }

    [Fact]
    public async Task Should_be_a_finding_when_it_holds_no_record()
    {
        await using var bench = await new EngineBench().System("erp", "endpoints: { orders: { format: csv } }").Orders().StartAsync();

        var result = await bench.PostAsync("no,name\r\n");

        Assert.Equal((IngressStatus.Malformed, "ING707"), (result.Status, result.Finding!.Code));
    }
}
