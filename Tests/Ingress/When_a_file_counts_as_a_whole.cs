using System.Text;
using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Formats;
using Tests.Runtime;

namespace Tests.Ingress;

/// <summary><c>mode: all-or-nothing</c>, <c>on_error: { record: stop, stop_after }</c> and checks on the whole file.</summary>
public sealed class When_a_file_counts_as_a_whole
{
    private const string Checked = "mode: all-or-nothing\nchecks:\n  - { name: total, scope: file, expr: $sum($records.$number(amount)) = 30 }";

    [Fact]
    public async Task Should_send_every_record_once_all_of_it_has_passed()
    {
        await using var bench = await Bench(Checked).StartAsync();

        var result = await FileAsync(bench, "no,amount\n1,10\n2,20\n");
        await bench.SettleAsync();

        Assert.Equal((IngressStatus.Accepted, 2L), (result.Status, result.Accepted));
        Assert.Equal(["""{"no":"1","amount":10}""", """{"no":"2","amount":20}"""], bench.Bodies().Order());
        Assert.Equal(new LedgerRow("orders", 2, 2, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_send_nothing_when_a_total_is_wrong_and_keep_one_dead_message_with_the_bytes()
    {
        await using var bench = await Bench(Checked).StartAsync();

        var result = await FileAsync(bench, "no,amount\n1,10\n2,25\n");
        var again = await FileAsync(bench, "no,amount\n1,10\n2,25\n");
        await bench.SettleAsync();

        Assert.Equal((IngressStatus.Malformed, 0L), (result.Status, result.Accepted));
        Assert.Equal("DAT377", result.Finding!.Code);
        Assert.Empty(bench.Bodies());
        Assert.True(again.Messages[0].Duplicate);
        var view = await bench.FindAsync(result.Messages[0].Id);
        Assert.Equal("no,amount\n1,10\n2,25\n", Encoding.UTF8.GetString(view.Message.Original.Span));
        Assert.Equal(
            ["in.csv: error DAT377: nothing of the file was sent: a check on the whole file is not met", "in.csv: error DAT350: file check \"total\": 35 is not 30 (difference 5); nothing was sent"],
            view.Outcome!.Findings.Select(f => f.ToString()));
        Assert.Equal(new LedgerRow("orders", 2, 0, 0, 1, 1, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_collect_what_is_wrong_with_all_records()
    {
        await using var bench = await Bench(Checked).StartAsync();

        var result = await FileAsync(bench, "no,amount\n1,10\n2,x\n,3\n4,5,6\n");

        var view = await bench.FindAsync(result.Messages[0].Id);
        Assert.Equal(["DAT373", "DAT310", "DAT361", "FMT230"], view.Outcome!.Findings.Select(f => f.Code));
        Assert.Equal("nothing of the file was sent: 3 of 4 records cannot be mapped or read", view.Outcome.Findings[0].Message());
        Assert.Equal(new LedgerRow("orders", 1, 0, 0, 0, 1, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_tell_a_sender_over_http_all_that_is_wrong_and_keep_nothing()
    {
        await using var bench = await Bench(Checked).StartAsync();

        var result = await bench.PostBytesAsync("no,amount\n1,x\n2,y\n"u8.ToArray());

        Assert.Equal(IngressStatus.Malformed, result.Status);
        Assert.Equal(["DAT373", "DAT310", "DAT310"], result.Findings.Select(f => f.Code));
        Assert.Empty(result.Messages);
        Assert.Empty(await bench.Store.ReadLedgerAsync(default));
    }

    [Fact]
    public async Task Should_stop_looking_at_the_first_bad_record_when_told_to()
    {
        await using var bench = await Bench("mode: all-or-nothing\non_error: { record: stop }").StartAsync();

        var result = await FileAsync(bench, "no,amount\n1,x\n2,y\n");

        Assert.Equal("nothing of the file was sent: 1 of 1 records cannot be mapped or read", (await bench.FindAsync(result.Messages[0].Id)).Outcome!.Findings[0].Message());
    }

    [Fact]
    public async Task Should_hold_back_only_the_pipeline_that_asks_for_it()
    {
        await using var bench = await Bench(Checked).Mapping("free", "fields:\n  no: no").Pipeline("free", "from: erp.orders\nsteps:\n  - map: free\n  - send: crm.contacts").StartAsync();

        var result = await FileAsync(bench, "no,amount\n1,10\n2,25\n");
        await bench.SettleAsync();

        Assert.Equal((IngressStatus.Accepted, 2L), (result.Status, result.Accepted));
        Assert.Empty(bench.Bodies());
        Assert.Equal(2, bench.Bodies("crm.contacts").Count());
    }

    [Fact]
    public async Task Should_spool_a_stream_that_cannot_go_back()
    {
        await using var bench = await Bench("mode: all-or-nothing").StartAsync();
        var bytes = Encoding.UTF8.GetBytes("no,amount\n" + string.Concat(Enumerable.Range(1, 5_000).Select(i => $"{i},1\n")));

        var result = await bench.Engine.Ingress.AcceptAsync(new EndpointName("erp", "orders"), Payload(new DrippingStream(bytes, 1000)), default);
        await bench.SettleAsync();

        Assert.Equal(5_000, result.Accepted);
        Assert.Equal(5_000, bench.Bodies().Distinct().Count());
        Assert.Empty(Directory.GetFiles(bench.Spool));
    }

    [Fact]
    public async Task Should_clean_up_what_a_crash_left_spooled_and_nothing_else()
    {
        await using var bench = await Bench("mode: all-or-nothing").StartAsync();
        Directory.CreateDirectory(bench.Spool);
        File.WriteAllText(Path.Combine(bench.Spool, "a.spooled"), "left");
        File.WriteAllText(Path.Combine(bench.Spool, "b.csv"), "somebody's");

        await bench.CrashAndStartAsync();

        Assert.Equal(["b.csv"], Directory.GetFiles(bench.Spool).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Should_be_accepted_to_its_end_after_a_crash_between_its_chunks()
    {
        await using var bench = await Bench("mode: all-or-nothing").StartAsync();
        var file = "no,amount\n" + string.Concat(Enumerable.Range(1, 600).Select(i => $"{i},1\n"));
        var chunks = 0;
        bench.Store.AfterCommit = group =>
        {
            if (group.Any(o => o is AcceptOperation) && ++chunks == 2) bench.Store.Crash();
        };

        Assert.Equal(IngressStatus.Unavailable, (await FileAsync(bench, file)).Status);
        await bench.CrashAndStartAsync();
        var again = await FileAsync(bench, file);
        await bench.SettleAsync();

        Assert.Equal((IngressStatus.Accepted, 600L), (again.Status, again.Accepted + again.Duplicates));
        Assert.True(again.Duplicates >= 256, $"nothing was accepted before the crash: {again.Duplicates}");
        Assert.Equal(600, (await bench.LedgerAsync()).Delivered);
        Assert.Equal(0, (await bench.LedgerAsync()).Unaccounted);
    }

    [Fact]
    public async Task Should_not_accept_the_rest_after_too_many_bad_records()
    {
        await using var bench = await Bench("on_error: { stop_after: { errors: 2 } }").StartAsync();

        var result = await FileAsync(bench, "no,amount\n1,1\n2,x\n3,x\n4,4\n5,x\n6,6\n7,7\n");
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"1","amount":1}""", """{"no":"4","amount":4}"""], bench.Bodies().Order());
        Assert.Equal("in.csv: error DAT376: the rest of the file is not accepted: 3 of 5 records cannot be mapped or read; stop_after.errors: 2 of orders. It stopped at in.csv:6:1, byte 26", result.Stopped!.ToString());
        Assert.Equal(new LedgerRow("orders", 6, 2, 0, 0, 4, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_stop_at_the_first_bad_record_when_told_to_and_keep_what_came_before()
    {
        await using var bench = await Bench("on_error: { record: stop }").StartAsync();

        var result = await FileAsync(bench, "no,amount\n1,1\n2,x\n3,3\n");
        await bench.SettleAsync();

        Assert.Equal(["""{"no":"1","amount":1}"""], bench.Bodies());
        Assert.NotNull(result.Stopped);
    }

    [Fact]
    public async Task Should_stop_at_a_share_of_bad_records_once_a_share_says_something()
    {
        await using var bench = await Bench("on_error: { stop_after: { percent: 5 } }").StartAsync();
        var file = "no,amount\n" + string.Concat(Enumerable.Range(1, 300).Select(i => i % 10 == 0 ? $"{i},x\n" : $"{i},1\n"));

        var result = await FileAsync(bench, file);
        await bench.SettleAsync();

        Assert.Contains("10 of 100 records", result.Stopped!.Message(), StringComparison.Ordinal);
        Assert.Equal(90, bench.Bodies().Count());
    }

    private static EngineBench Bench(string head) => new EngineBench()
        .System("erp", "endpoints: { orders: { format: csv } }")
        .Mapping("order", $"{head}\nfields:\n  no: no\n  amount: {{ from: amount, type: integer }}")
        .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - map: order\n  - send: crm.deals");

    private static ValueTask<IngressResult> FileAsync(EngineBench bench, string csv) =>
        bench.Engine.Ingress.AcceptAsync(new EndpointName("erp", "orders"), Payload(new MemoryStream(Encoding.UTF8.GetBytes(csv))), CancellationToken.None);

    private static IncomingPayload Payload(Stream stream) =>
        new() { Stream = stream, Name = "in.csv", Attributes = new MessageAttributes { EventId = "f1" }, Malformed = MalformedPolicy.DeadLetter };
}
