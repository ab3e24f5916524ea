using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Servers;

namespace Tests.Journal;

public abstract partial class JournalStoreConformance
{
    [ConformanceFact]
    public async Task Commit_AGroupWithARefusedOperation_AppliesNothingOfIt()
    {
        var before = await AcceptAsync(Message("a", "a"), Sends(To(Deals)));
        var fresh = Message("b", "b", pipeline: "a-pipeline-never-seen");
        JournalOperation[] group = [new AcceptOperation(fresh, Sends(To(new EndpointName("new", "system")))), Settle(before), new AcceptOperation(Message(), Sends())];

        await Assert.ThrowsAsync<JournalException>(() => CommitAsync(group));

        Assert.Null(await Store.FindAsync(fresh.Id, default));
        Assert.Equal(MessageState.Open, (await ViewAsync(before)).State);
        Assert.Equal([new LedgerRow(Pipeline, 1, 0, 0, 0, 0, 1)], await Store.ReadLedgerAsync(default));

        // And the store goes on: the same operations without the faulty one, names and delivery numbers included.
        await CommitAsync(group[..2]);
        Assert.Equal("a-pipeline-never-seen", (await ViewAsync(fresh)).Message.Pipeline);
        Assert.Equal(new EndpointName("new", "system"), (await ViewAsync(fresh)).Deliveries[0].Record.Destination);
        Assert.Equal(1, (await LedgerAsync()).Delivered);
    }

    [ConformanceFact]
    public async Task Commit_ASettlingThatWasTakenBack_IsNotRemembered()
    {
        var message = await AcceptAsync(Message(), Sends(To(Deals), To(Approvals)));
        await Assert.ThrowsAsync<JournalException>(() => CommitAsync(Settle(message, 0), new AcceptOperation(Message(), Sends())));

        await CommitAsync(Settle(message, 1));

        Assert.Equal([DeliveryState.Pending, DeliveryState.Delivered], (await ViewAsync(message)).Deliveries.Select(d => d.State));
        Assert.Equal(1, (await LedgerAsync()).InFlight);
    }

    [ConformanceFact]
    public async Task Commit_AnIdThatIsTaken_IsRefused()
    {
        var message = await AcceptAsync(Message(), null);

        var exception = await Assert.ThrowsAsync<JournalException>(() => CommitAsync(new AcceptOperation(message, null)));

        Assert.True(exception.IsRefusal);
        Assert.Equal(1, (await LedgerAsync()).Received);
    }

    [ConformanceFact]
    public async Task Commit_AnEmptyGroup_ProvesTheStoreAndChangesNothing()
    {
        await CommitAsync();

        Assert.Empty(await Store.ReadLedgerAsync(default));
        Assert.Empty(await Store.QueryAsync(new MessageQuery(), default));
    }

    [ConformanceTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Commit_RandomOperations_AgreeWithTheModel(int seed)
    {
        var random = new Random(seed);
        var model = new JournalModel();
        var known = new List<MessageId>();
        for (var round = 0; round < 60; round++)
        {
            var group = new List<JournalOperation>();
            var expectations = new List<Action>();
            for (var i = random.Next(1, 12); i > 0; i--) Add(group, expectations);
            if (random.Next(8) == 0) await Assert.ThrowsAsync<JournalException>(() => CommitAsync([.. group, State("s-stale", 7, "never")]));
            if (random.Next(4) == 0) await Assert.ThrowsAsync<JournalException>(() => CommitAsync([.. group, new AcceptOperation(Message(), Sends())]));
            await Store.CommitAsync(group, default);
            foreach (var expectation in expectations) expectation();
            Clock.Advance(TimeSpan.FromMinutes(random.Next(3)));
            if (random.Next(12) == 0) await ReopenAsync();
            if (random.Next(6) == 0) await AgreeAsync(model);
        }

        await AgreeAsync(model);

        void Add(List<JournalOperation> group, List<Action> expectations)
        {
            var message = known.Count == 0 ? Ids.Next() : known[random.Next(Math.Max(0, known.Count - 30), known.Count)];
            var delivery = new DeliveryId(message, random.Next(3));
            switch (random.Next(18))
            {
                case < 4:
                    var accept = new AcceptOperation(
                        Message($"k{random.Next(5)}", random.Next(3) == 0 ? null : $"d{random.Next(200)}", random.Next(2) == 0 ? Pipeline : Other), random.Next(3) == 0 ? null : Outcome());
                    known.Add(accept.Message.Id);
                    var duplicateOf = model.Accept(accept.Message, accept.Outcome);
                    group.Add(accept);
                    expectations.Add(() => Assert.Equal(duplicateOf, accept.DuplicateOf));
                    break;
                case 4:
                    var complete = new CompleteOperation(message, Outcome());
                    model.Complete(message, complete.Outcome);
                    group.Add(complete);
                    break;
                case < 8:
                    model.Settle(delivery, DeliveryState.Delivered, Clock.GetUtcNow());
                    group.Add(new SettleOperation(delivery, Clock.GetUtcNow()));
                    break;
                case 8:
                    model.Settle(delivery, DeliveryState.Dead, Clock.GetUtcNow());
                    group.Add(new DeadLetterOperation(delivery, Attempt(random.Next(1000))));
                    break;
                case 9:
                    model.Reschedule(delivery);
                    group.Add(new RescheduleOperation(delivery, Attempt(random.Next(1000)), Clock.GetUtcNow()));
                    break;
                case 10 or 15:
                    var body = new MessageEdit(random.Next(3) == 0 ? null : random.Next(3), Utf8($"edit {random.Next()}"), "she");
                    var replay = new ReplayOperation(message, "again", Clock.GetUtcNow()) { Edit = random.Next(2) == 0 ? null : body };
                    var refusal = model.Replay(replay);
                    group.Add(replay);
                    expectations.Add(() => Assert.Equal((refusal, refusal is null), (replay.Refusal, replay.Reopened is not null)));
                    break;
                case 14:
                    var purgeKeys = new PurgeKeysOperation(Clock.GetUtcNow().AddMinutes(-40), random.Next(5));
                    var keys = model.PurgeKeys(purgeKeys);
                    group.Add(purgeKeys);
                    expectations.Add(() => Assert.Equal(keys, purgeKeys.Purged));
                    break;
                case 11:
                    var count = new CountOperation(random.Next(2) == 0 ? Pipeline : Other, random.Next(100), random.Next(10));
                    model.Count(count);
                    group.Add(count);
                    break;
                case 12 or 13:
                    var key = $"s{random.Next(6)}";
                    var version = model.Version(key);
                    var write = State(key, version, version > 0 && random.Next(3) == 0 ? null : $"{random.Next()}");
                    model.Write(write);
                    group.Add(write);
                    expectations.Add(() => Assert.Equal(write.Body is null ? 0 : version + 1, write.Version));
                    break;
                default:
                    var purge = new PurgeOperation(Clock.GetUtcNow().AddMinutes(-20), random.Next(3) == 0, random.Next(5))
                    {
                        KeysFrom = random.Next(2) == 0 ? null : Clock.GetUtcNow().AddMinutes(-40),
                    };
                    var purged = model.Purge(purge);
                    group.Add(purge);
                    expectations.Add(() => Assert.Equal(purged, purge.Purged));
                    break;
            }
        }

        PipelineOutcome Outcome() => random.Next(5) switch
        {
            0 => Filtered(),
            1 => Failed(),
            var n => Sends([.. Enumerable.Range(0, n - 1).Select(part => To(Deals, $"part {part}", part))]),
        };
    }

    private async Task AgreeAsync(JournalModel model)
    {
        var ledger = await Store.ReadLedgerAsync(default);
        Assert.Equal(model.Ledger, ledger);
        Assert.All(ledger, row => Assert.Equal(0, row.Unaccounted));
        var leased = await Store.LeaseAsync(MessageId.None, int.MaxValue, default);
        Assert.Equal(model.Open, leased.Select(m => m.Message.Id));
        foreach (var open in leased)
        {
            var expected = model.Messages[open.Message.Id].Deliveries;
            Assert.Equal(Enumerable.Range(0, expected.Length).Where(i => expected[i] == DeliveryState.Pending), open.Pending.Select(p => p.Id.Index));
        }

        var states = await Store.ListStatesAsync(Kind, string.Empty, int.MaxValue, default);
        Assert.Equal(model.States.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value.Version)), states.Select(s => (s.Key, s.Version)));
        Assert.All(states, s => Assert.Equal(model.States[s.Key].Body, s.Body.ToArray()));
        Assert.Equal(model.Messages.Keys.OrderDescending().Take(1000), (await Store.QueryAsync(new MessageQuery { Limit = 1000 }, default)).Select(m => m.Id));
        Assert.Equal(
            model.Messages.Where(m => m.Value.State == MessageState.Dead).Select(m => m.Key).Order(), await Store.FindDeadAsync(new DeadQuery { Limit = 10_000 }, default));
        foreach (var (id, entry) in model.Messages)
        {
            var view = (await Store.FindAsync(id, default))!;
            AssertSame(entry.Record, view.Message);
            Assert.Equal(entry.State, view.State);
            Assert.Equal(entry.Edits, view.Edits.Count);
            Assert.Equal(entry.Outcome?.State, view.Outcome?.State);
            Assert.Equal(entry.Deliveries, view.Deliveries.Select(d => d.State));
        }
    }
}
