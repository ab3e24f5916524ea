using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Hub.Abstractions.Ingress;
using Hub.Abstractions.Messages;
using Hub.Core.Claims;
using Hub.Core.Journal;
using Tests.Runtime;

namespace Tests.Claims;

public sealed class When_a_payload_is_large
{
    private static readonly EndpointName Orders = new("erp", "orders");

    private static EngineBench Bench(string check = "over: 1KB, max: 1MB, fields: [ no ]", string pipeline = "key: no\nsteps:\n  - send: crm.deals") =>
        new EngineBench().System("erp", $"endpoints: {{ orders: {{ claim_check: {{ {check} }} }} }}").Pipeline("orders", $"from: erp.orders\n{pipeline}");

    private static byte[] Large(string no = "A", int size = 100_000) => Encoding.UTF8.GetBytes($$"""{"no":"{{no}}","text":"{{new string('x', size)}}"}""");

    private static ValueTask<IngressResult> PostAsync(EngineBench bench, Stream stream, long? length = null, string? eventId = null) =>
        bench.Engine.Ingress.AcceptAsync(Orders, new IncomingPayload { Stream = stream, Length = length, ContentType = "application/json", Attributes = new MessageAttributes { EventId = eventId } }, CancellationToken.None);

    private static int Claims(EngineBench bench) => Directory.GetFiles(bench.ClaimFolder).Length;

    [Fact]
    public async Task Should_pass_a_document_about_it_through_the_pipeline_and_its_bytes_to_who_asks()
    {
        await using var bench = await Bench().StartAsync();
        var bytes = Large();
        var received = new MemoryStream();
        ClaimReference? reference = null;
        bench.Connector.OnSend("crm.deals", async (message, _) =>
        {
            reference = message.Claim!.Reference;
            await using var stream = await message.Claim.OpenAsync(default);
            await stream.CopyToAsync(received, CancellationToken.None);
        });

        var answer = await PostAsync(bench, new OneWay(bytes), bytes.Length);
        await bench.SettleAsync();

        Assert.Equal(IngressStatus.Accepted, answer.Status);
        var sent = Assert.Single(bench.Connector.Confirmed);
        Assert.Equal(bytes, received.ToArray());
        Assert.Equal((bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), "application/json"), (reference!.Length, reference.Sha256, reference.ContentType));
        Assert.Equal("A", sent.Message.Key);
        var claim = JsonDocument.Parse(sent.Body).RootElement;
        Assert.Equal("A", claim.GetProperty("no").GetString());
        Assert.Equal(bytes.Length, claim.GetProperty("claim").GetProperty("length").GetInt64());
        Assert.Equal(new LedgerRow("orders", 1, 1, 0, 0, 0, 0), await bench.LedgerAsync());
    }

    [Fact]
    public async Task Should_leave_a_small_one_as_it_is()
    {
        await using var bench = await Bench().StartAsync();

        await PostAsync(bench, new OneWay(Encoding.UTF8.GetBytes("""{"no":"A"}""")));
        await bench.SettleAsync();

        Assert.Equal("""{"no":"A"}""", Assert.Single(bench.Connector.Sent).Body);
        Assert.Null(bench.Connector.Sent[0].Message.Claim);
        Assert.Equal(0, Claims(bench));
    }

    [Fact]
    public async Task Should_take_one_that_is_held_in_memory_by_its_connector()
    {
        await using var bench = await Bench("over: 1KB, max: 100MB").Hub("ingress: { max_body: 10KB }").StartAsync();

        var answer = await bench.PostBytesAsync(Large(size: 20_000));

        Assert.Equal(IngressStatus.Accepted, answer.Status);
        Assert.Equal(1, Claims(bench));
    }

    [Fact]
    public async Task Should_go_on_after_a_crash()
    {
        await using var bench = await Bench().StartAsync();
        using var latch = new Latch();
        bench.Connector.OnSend("crm.deals", latch.HoldAsync);
        await PostAsync(bench, new OneWay(Large()));
        await latch.ArrivedAsync();
        var length = 0L;
        // Before the start: the first thing a hub does is go on.
        bench.Connector.OnSend("crm.deals", async (message, _) =>
        {
            await using var stream = await message.Claim!.OpenAsync(default);
            length = stream.Length;
        });
        await bench.CrashAndStartAsync();

        await bench.SettleAsync();

        Assert.Equal(Large().Length, length);
    }

    [Theory]
    [InlineData("e1")]
    [InlineData(null)]
    public async Task Should_know_a_repeat_and_keep_it_once(string? eventId)
    {
        await using var bench = await Bench().StartAsync();

        await PostAsync(bench, new OneWay(Large()), eventId: eventId);
        var again = await PostAsync(bench, new OneWay(Large()), eventId: eventId);
        await bench.SettleAsync();

        Assert.Equal(IngressStatus.Duplicate, again.Status);
        Assert.Equal(1, Claims(bench));
        Assert.Single(bench.Connector.Sent);
        Assert.Single(await bench.Store.ListStatesAsync(ClaimLinks.Kind, string.Empty, 10, default));
    }

    [Fact]
    public async Task Should_refuse_one_that_ends_before_its_announced_length_and_keep_nothing()
    {
        await using var bench = await Bench().StartAsync();

        var answer = await PostAsync(bench, new OneWay(Large()), length: 200_000);

        Assert.Equal(("ING791", IngressStatus.Malformed), (answer.Finding!.Code, answer.Status));
        Assert.Equal(0, Claims(bench));
        Assert.Equal(0, bench.Engine.InFlight);
    }

    [Fact]
    public async Task Should_refuse_a_small_one_that_ends_before_its_announced_length()
    {
        await using var bench = await Bench().StartAsync();

        var answer = await PostAsync(bench, new OneWay(Encoding.UTF8.GetBytes("""{"no":"A"}""")), length: 100);

        Assert.Equal("ING791", answer.Finding!.Code);
        Assert.Equal(0, bench.Engine.InFlight);
    }

    [Fact]
    public async Task Should_refuse_one_whose_connection_breaks_and_keep_nothing()
    {
        await using var bench = await Bench().StartAsync();

        var answer = await PostAsync(bench, new OneWay(Large(), failsAt: 50_000), length: 100_020);

        Assert.Equal("ING791", answer.Finding!.Code);
        Assert.Equal(0, Claims(bench));
    }

    [Fact]
    public async Task Should_keep_nothing_when_its_sender_goes_away()
    {
        await using var bench = await Bench().StartAsync();
        using var gone = new CancellationTokenSource();
        var payload = new IncomingPayload { Stream = new OneWay(Large(), at: 50_000, then: gone.Cancel) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Engine.Ingress.AcceptAsync(Orders, payload, gone.Token).AsTask());

        Assert.Equal(0, Claims(bench));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2_000_020L)]
    public async Task Should_refuse_one_over_the_total_limit_and_keep_nothing(long? length)
    {
        await using var bench = await Bench().StartAsync();

        var answer = await PostAsync(bench, new OneWay(Large(size: 2_000_000)), length);

        Assert.Equal(("ING792", IngressStatus.TooLarge), (answer.Finding!.Code, answer.Status));
        Assert.Equal(0, Claims(bench));
    }

    [Fact]
    public async Task Should_ask_to_come_again_when_it_cannot_be_kept()
    {
        var bench = Bench();
        bench.Claims = new FullStore();
        await using var running = await bench.StartAsync();

        var answer = await PostAsync(bench, new OneWay(Large()));

        Assert.Equal(("ING790", IngressStatus.Unavailable), (answer.Finding!.Code, answer.Status));
        Assert.NotNull(answer.RetryAfter);
    }

    [Fact]
    public async Task Should_keep_nothing_when_the_journal_cannot_be_written()
    {
        await using var bench = await Bench().StartAsync();
        bench.Store.BeforeCommit = _ => bench.Store.Crash();

        var answer = await PostAsync(bench, new OneWay(Large()));

        Assert.Equal(IngressStatus.Unavailable, answer.Status);
        Assert.Equal(0, Claims(bench));
    }

    [Fact]
    public async Task Should_be_a_dead_letter_when_its_bytes_are_gone()
    {
        await using var bench = await Bench().StartAsync();
        bench.Connector.OnSend("crm.deals", async (message, _) =>
        {
            File.Delete(Directory.GetFiles(bench.ClaimFolder).Single());
            await using var stream = await message.Claim!.OpenAsync(default);
        });

        var id = (await PostAsync(bench, new OneWay(Large()))).Messages[0].Id;
        await bench.SettleAsync();

        var view = await bench.FindAsync(id);
        Assert.Equal(MessageState.Dead, view.State);
        Assert.Equal("DLV653", view.Deliveries[0].Attempts[0].Error.Code);
    }

    [Fact]
    public async Task Should_be_swept_when_retention_has_purged_its_message_and_not_before()
    {
        await using var bench = await Bench().Hub("retention: { settled: 3d, dead: 30d }").StartAsync();
        var sweep = new ClaimSweep(bench.Engine.Context);
        await PostAsync(bench, new OneWay(Large()));
        await bench.SettleAsync();

        bench.Clock.Advance(TimeSpan.FromDays(2));
        await sweep.RunAsync(default);
        Assert.Equal(1, Claims(bench));

        // Or the hub's own sweep, which the clock has woken, is first.
        await bench.Engine.PurgeAsync(bench.Clock.GetUtcNow(), dead: false, 10, default);
        await sweep.RunAsync(default);
        await bench.DurableAsync();

        Assert.Equal(0, Claims(bench));
        Assert.Empty(await bench.Store.ListStatesAsync(ClaimLinks.Kind, string.Empty, 10, default));
    }

    [Fact]
    public async Task Should_be_swept_after_a_day_when_a_crash_left_it_without_a_message()
    {
        await using var bench = await Bench().StartAsync();
        await using (var writer = await bench.Claims.BeginAsync(bench.Engine.Context.Journal.Ids.Next(), default)) await writer.CompleteAsync(default);
        var sweep = new ClaimSweep(bench.Engine.Context);

        Assert.Equal(0, await sweep.RunAsync(default));
        bench.Clock.Advance(TimeSpan.FromHours(25));
        await sweep.RunAsync(default);

        Assert.Equal(0, Claims(bench));
    }

    [Fact]
    public async Task Should_be_gone_when_the_queue_kept_its_message_and_all_is_delivered()
    {
        await using var bench = await Bench(pipeline: "durability: broker\nsteps:\n  - send: crm.deals").StartAsync();

        Assert.Equal(IngressStatus.Accepted, (await bench.PostBytesAsync(Large())).Status);
        await bench.SettleAsync();

        Assert.NotNull(Assert.Single(bench.Connector.Sent).Message.Claim);
        Assert.Equal(0, Claims(bench));
    }

    [Fact]
    public async Task Should_stay_when_the_queue_kept_its_message_and_an_attempt_failed()
    {
        await using var bench = await Bench(pipeline: "durability: broker\nsteps:\n  - send: crm.deals").StartAsync();
        bench.Connector.FailFirst("crm.deals", 1, EngineBench.Refused);

        await bench.PostBytesAsync(Large());
        await bench.SettleAsync();

        Assert.Equal(1, Claims(bench));
        Assert.Equal(1, (await bench.LedgerAsync()).Dead);
    }

    /// <summary>Bytes that come once, in small pieces, from a connection that may break.</summary>
    private sealed class OneWay(byte[] bytes, int failsAt = int.MaxValue, int at = int.MaxValue, Action? then = null) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position >= at) then?.Invoke();
            cancellationToken.ThrowIfCancellationRequested();
            if (Position >= failsAt) throw new IOException("the connection was reset");
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, 10_000)], cancellationToken);
        }
    }

    private sealed class FullStore : IClaimStore
    {
        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask<IClaimWriter> BeginAsync(MessageId id, CancellationToken cancellationToken) => throw new ClaimException("no space left", null);

        public ValueTask<Stream?> ReadAsync(MessageId id, CancellationToken cancellationToken) => throw new ClaimException("no space left", null);

        public ValueTask DeleteAsync(MessageId id, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<MessageId>> ListAsync(MessageId after, int limit, CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<MessageId>>([]);
    }
}
