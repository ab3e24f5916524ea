using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Diagnostics;
using Tests.Support;

namespace Tests.Journal;

/// <summary>
/// The promises of <see cref="IJournalStore"/>. A store inherits this suite and gives the two hooks; each test has storage
/// of its own, which the clean-up hook removes.
/// </summary>
public abstract partial class JournalStoreConformance : IAsyncLifetime
{
    protected const string Pipeline = "erp-orders-to-crm";
    protected const string Other = "hr-employees-to-oa";

    protected static readonly EndpointName Source = new("erp", "orders");
    protected static readonly EndpointName Deals = new("crm", "deals");
    protected static readonly EndpointName Approvals = new("oa", "approvals");

    private int _created;
    private int _cleaned;

    protected JournalStoreConformance() => Ids = new MessageIdSource(Clock, MessageId.None);

    protected FakeClock Clock { get; } = new();

    protected MessageIdSource Ids { get; }

    protected IJournalStore Store { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _created++;
        Store = await CreateAsync();
        await Store.OpenAsync(default);
    }

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        _cleaned++;
        await CleanUpAsync();
        Assert.True(_created >= 1 && _cleaned == 1, $"hooks ran: created {_created}, cleaned up {_cleaned}");
        Assert.True(await IsCleanAsync(), "the clean-up hook left storage behind");
    }

    /// <summary>Hook: a store on this test's storage, not yet opened; empty at the first call, as the test left it at later ones.</summary>
    protected abstract Task<IJournalStore> CreateAsync();

    /// <summary>Hook: removes this test's storage.</summary>
    protected abstract Task CleanUpAsync();

    /// <summary>Hook: whether nothing of this test's storage is left.</summary>
    protected abstract Task<bool> IsCleanAsync();

    /// <summary>Closes the store and opens it again, as a restart does.</summary>
    protected async Task<MessageId> ReopenAsync()
    {
        await Store.DisposeAsync();
        _created++;
        Store = await CreateAsync();
        return await Store.OpenAsync(default);
    }

    protected static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    protected MessageRecord Message(string key = "4711", string? dedupe = null, string pipeline = Pipeline, byte[]? body = null) => new()
    {
        Id = Ids.Next(),
        Pipeline = pipeline,
        Endpoint = Source,
        Key = key,
        DedupeKey = dedupe,
        Body = body ?? Utf8("""{"orderNo":"4711"}"""),
        Revision = "r1",
        ReceivedAt = Clock.GetUtcNow(),
    };

    protected static PipelineOutcome Sends(params DeliveryRecord[] deliveries) => new()
    {
        State = MessageState.Open,
        Revision = "r1",
        Steps = [new StepOutcome(0, StepResultKind.Passed, 12), new StepOutcome(1, StepResultKind.Passed, 345)],
        Deliveries = deliveries,
    };

    protected static DeliveryRecord To(EndpointName destination, string? body = null, int part = 0) =>
        new(destination, part, body is null ? null : (ReadOnlyMemory<byte>?)Utf8(body));

    protected static PipelineOutcome Filtered(byte step = 2) => new()
    {
        State = MessageState.Filtered, Revision = "r1", Steps = [new StepOutcome(0, StepResultKind.Passed, 1), new StepOutcome(step, StepResultKind.Filtered, 7)],
    };

    protected static PipelineOutcome Failed(string path = "items[].productId") => new()
    {
        State = MessageState.Dead, Revision = "r1", Steps = [new StepOutcome(1, StepResultKind.Failed, 99)], Findings = [Problem(path)],
    };

    protected static Finding Problem(string path = "items[].productId") => new()
    {
        Code = "DAT301",
        At = new SourcePosition("message", 3, 14),
        Length = 5,
        Path = path,
        Arguments = new Dictionary<string, string> { ["field"] = "deal.产品", ["path"] = path },
        Mapping = new SourcePosition("mappings/erp-order-to-crm-deal.yaml", 12, 9),
    };

    protected AttemptRecord Attempt(int number, bool transient = true) => new(number, Clock.GetUtcNow(), transient, Problem($"attempt {number}"));

    protected async Task CommitAsync(params JournalOperation[] group) => await Store.CommitAsync(group, default);

    protected async Task<MessageRecord> AcceptAsync(MessageRecord message, PipelineOutcome? outcome)
    {
        await CommitAsync(new AcceptOperation(message, outcome));
        return message;
    }

    protected SettleOperation Settle(MessageRecord message, int index = 0) => new(new DeliveryId(message.Id, index), Clock.GetUtcNow());

    protected DeadLetterOperation GiveUp(MessageRecord message, int index = 0, int attempt = 1) =>
        new(new DeliveryId(message.Id, index), Attempt(attempt, transient: false));

    protected async Task<MessageView> ViewAsync(MessageRecord message)
    {
        var view = await Store.FindAsync(message.Id, default);
        Assert.NotNull(view);
        return view;
    }

    protected async Task<LedgerRow> LedgerAsync(string pipeline = Pipeline)
    {
        var row = (await Store.ReadLedgerAsync(default)).SingleOrDefault(r => r.Pipeline == pipeline) ?? new LedgerRow(pipeline, 0, 0, 0, 0, 0, 0);
        Assert.Equal(0, row.Unaccounted);
        return row;
    }

    /// <summary>Findings hold dictionaries, whose equality is identity: compared by what they hold.</summary>
    protected static void AssertSame(Finding expected, Finding actual)
    {
        Assert.Equal(expected.Arguments, actual.Arguments);
        Assert.Equal(expected, actual with { Arguments = expected.Arguments });
    }

    protected static void AssertSame(MessageRecord expected, MessageRecord actual)
    {
        Assert.Equal(expected.Body.ToArray(), actual.Body.ToArray());
        Assert.Equal(expected.Original.ToArray(), actual.Original.ToArray());
        Assert.Equal(expected with { Body = default, Original = default }, actual with { Body = default, Original = default });
    }

    protected static void AssertSame(DeliveryRecord expected, DeliveryRecord actual)
    {
        Assert.Equal(expected.Body?.ToArray(), actual.Body?.ToArray());
        Assert.Equal(expected with { Body = null }, actual with { Body = null });
    }
}
