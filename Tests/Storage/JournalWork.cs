using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Support;

namespace Tests.Storage;

/// <summary>Accepts and settles messages on a store and remembers what was acknowledged: the oracle of tests that break things.</summary>
internal sealed class JournalWork(IJournalStore store, MessageIdSource ids, string prefix = "")
{
    internal const string Pipeline = "erp-orders-to-crm";

    private static readonly EndpointName Source = new("erp", "orders");
    private static readonly EndpointName Deals = new("crm", "deals");
    private static readonly DateTimeOffset At = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private int _next;
    private int _groups;
    private TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Messages whose acceptance was acknowledged.</summary>
    public ConcurrentDictionary<MessageId, string> Accepted { get; } = new();

    /// <summary>Messages whose settling was acknowledged.</summary>
    public ConcurrentDictionary<MessageId, string> Settled { get; } = new();

    /// <summary>Groups that were acknowledged.</summary>
    public int Groups => Volatile.Read(ref _groups);

    /// <summary>Completes with the next group that is acknowledged.</summary>
    public Task NextGroupAsync() => Volatile.Read(ref _acknowledged).Task;

    public static MessageIdSource NewIds(long from = 0) => new(new FakeClock(), new MessageId(from));

    public AcceptOperation Accept(string? dedupe, int body = 200) => new(
        new MessageRecord
        {
            Id = ids.Next(), Pipeline = Pipeline, Endpoint = Source, Key = dedupe ?? "k", DedupeKey = dedupe, Body = new byte[body], Revision = "r1", ReceivedAt = At,
        },
        new PipelineOutcome { State = MessageState.Open, Revision = "r1", Steps = [new StepOutcome(0, StepResultKind.Passed, 5)], Deliveries = [new DeliveryRecord(Deals, 0, Encoding.UTF8.GetBytes("{}"))] });

    /// <summary>Commits one group: new messages, and the settling of those of the group before.</summary>
    public async Task CommitAsync(int messages = 10)
    {
        var accepts = Enumerable.Range(0, messages).Select(_ => Accept(string.Create(CultureInfo.InvariantCulture, $"{prefix}d{_next++}"))).ToList();
        var settles = Accepted.Keys.Where(id => !Settled.ContainsKey(id)).Take(messages).Select(id => new SettleOperation(new DeliveryId(id, 0), At)).ToList();
        await store.CommitAsync([.. accepts, .. settles], default);
        foreach (var accept in accepts) Accepted[accept.Message.Id] = accept.Message.DedupeKey!;
        foreach (var settle in settles) Settled[settle.Delivery.Message] = string.Empty;
        Interlocked.Increment(ref _groups);
        Interlocked.Exchange(ref _acknowledged, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>What is durable is what was acknowledged, neither more nor less.</summary>
    public static async Task AgreeAsync(IJournalStore store, params JournalWork[] works)
    {
        var accepted = works.Sum(w => w.Accepted.Count);
        var settled = works.Sum(w => w.Settled.Count);
        Assert.Equal([new LedgerRow(Pipeline, accepted, settled, 0, 0, 0, accepted - settled)], await store.ReadLedgerAsync(default));
        var open = (await store.LeaseAsync(MessageId.None, int.MaxValue, default)).Select(m => m.Message.Id).Order();
        Assert.Equal(works.SelectMany(w => w.Accepted.Keys.Where(id => !w.Settled.ContainsKey(id))).Order(), open);
        foreach (var (id, key) in works.SelectMany(w => w.Accepted).Where((_, i) => i % 7 == 0))
        {
            var view = await store.FindAsync(id, default);
            Assert.Equal(key, view!.Message.DedupeKey);
            if (works.Any(w => w.Settled.ContainsKey(id))) Assert.Equal((MessageState.Delivered, (DateTimeOffset?)At), (view.State, view.Deliveries[0].SettledAt));
        }
    }
}
