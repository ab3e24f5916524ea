using System.Diagnostics.Metrics;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Support;

namespace Tests.Journal;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly FakeStore _store = FakeStore.Create();
    private readonly FakeClock _clock = new();
    private Hub.Core.Journal.Journal _journal = null!;

    public async Task InitializeAsync() => await OpenAsync(new JournalOptions());

    public async Task DisposeAsync()
    {
        _store.Release();
        await _journal.DisposeAsync();
        Assert.True(_store.Disposed);
    }

    [Fact]
    public async Task CommitAsync_Alone_IsAGroupOfOneWithoutLinger()
    {
        var operation = Operation();

        await _journal.CommitAsync(operation);

        Assert.Equal([operation], Assert.Single(_store.Groups));
    }

    [Fact]
    public async Task CommitAsync_WhileAGroupCommits_GathersTheNextInOrder()
    {
        _store.Hold();
        var first = _journal.CommitAsync(Operation()).AsTask();
        await _store.EnteredAsync();
        JournalOperation[] next = [Operation(), Operation(), Operation(), Operation()];
        Task[] waiting = [_journal.CommitAsync(next[0]).AsTask(), _journal.CommitAsync(next[1..3]).AsTask()];
        _journal.Post(next[3]);
        Assert.False(first.IsCompleted);

        _store.Release();
        await Task.WhenAll([first, .. waiting]);
        await _journal.FlushAsync();

        Assert.Equal(2, _store.Groups.Count);
        Assert.Equal(next, _store.Groups[1]);
    }

    [Fact]
    public async Task CommitAsync_ManyWaiting_GroupsAreBoundedByCountAndBytes()
    {
        await _journal.DisposeAsync();
        await OpenAsync(new JournalOptions { GroupOperations = 3, GroupBytes = 1000 });
        _store.Hold();
        List<Task> waiting = [_journal.CommitAsync(Operation()).AsTask()];
        await _store.EnteredAsync();
        for (var i = 0; i < 4; i++) waiting.Add(_journal.CommitAsync(Operation()).AsTask());
        for (var i = 0; i < 2; i++) waiting.Add(_journal.CommitAsync(Big()).AsTask());

        _store.Release();
        await Task.WhenAll(waiting);

        Assert.Equal([1, 3, 2, 1], _store.Groups.Select(g => g.Count));

        AcceptOperation Big() => new(
            new MessageRecord { Id = _journal.Ids.Next(), Pipeline = "p", Endpoint = default, Key = "", Body = new byte[2000], Revision = "r", ReceivedAt = default }, null);
    }

    [Fact]
    public async Task CommitAsync_Continuation_DoesNotRunOnTheCommittingThread()
    {
        string? name = null;
        var committing = CommitAsync();

        await committing;

        Assert.NotEqual("journal commit", name);

        async Task CommitAsync()
        {
            await _journal.CommitAsync(Operation()).ConfigureAwait(false);
            name = Thread.CurrentThread.Name;
        }
    }

    [Fact]
    public async Task CommitAsync_ManyCallers_AllAreCommittedOnce()
    {
        var operations = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 500).Select(_ => Operation()).ToArray()).ToArray();

        await Task.WhenAll(operations.Select(own => Task.Run(async () =>
        {
            foreach (var operation in own) await _journal.CommitAsync(operation);
        })));

        var committed = _store.Groups.SelectMany(g => g).ToList();
        Assert.Equal(2000, committed.Count);
        foreach (var own in operations) Assert.Equal(own, committed.Where(own.ToHashSet().Contains));
    }

    [Fact]
    public async Task Post_NothingElseWaiting_IsCommittedAfterTheDelay()
    {
        var operation = Operation();
        _journal.Post(operation);
        _clock.Advance(TimeSpan.FromMilliseconds(19));
        Assert.Empty(_store.Groups);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _store.EnteredAsync();

        await _journal.FlushAsync();
        Assert.Equal([operation], Assert.Single(_store.Groups));
    }

    [Fact]
    public async Task Post_ThenAwaited_GoTogetherInOrder()
    {
        JournalOperation posted = Operation(), awaited = Operation();
        _journal.Post(posted);

        await _journal.CommitAsync(awaited);

        Assert.Equal([posted, awaited], Assert.Single(_store.Groups));
    }

    [Fact]
    public async Task Post_AFullGroup_GoesWithoutDelay()
    {
        await _journal.DisposeAsync();
        await OpenAsync(new JournalOptions { GroupOperations = 2 });
        _journal.Post(Operation());
        _journal.Post(Operation());

        await _store.EnteredAsync();

        await _journal.FlushAsync();
        Assert.Equal(2, Assert.Single(_store.Groups).Count);
    }

    [Fact]
    public async Task DisposeAsync_PostedOperations_AreCommittedFirst()
    {
        _journal.Post(Operation());

        await _journal.DisposeAsync();

        Assert.Single(_store.Groups);
        Assert.Throws<ObjectDisposedException>(() => _journal.Post(Operation()));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await _journal.CommitAsync(Operation()));
    }

    [Fact]
    public async Task OpenAsync_Ids_ContinueAboveTheHighestSeen()
    {
        await _journal.DisposeAsync();
        _store.Highest = new MessageId(MessageIdSource.First(_clock.GetUtcNow().AddYears(1)).Value + 5);

        await OpenAsync(new JournalOptions());

        Assert.Equal(_store.Highest.Value + 1, _journal.Ids.Next().Value);
    }

    [Fact]
    public async Task Meter_AfterCommits_CountsCommitsAndOperations()
    {
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "ConnectorHub.Journal") self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (counted) counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + value;
        });
        listener.Start();

        await _journal.CommitAsync([Operation(), Operation(), Operation()]);

        lock (counted)
        {
            Assert.True(counted["journal.commits"] >= 1);
            Assert.True(counted["journal.operations"] >= 3);
        }
    }

    private SettleOperation Operation() => new(new DeliveryId(_journal.Ids.Next(), 0), _clock.GetUtcNow());

    private async Task OpenAsync(JournalOptions options) => _journal = await Hub.Core.Journal.Journal.OpenAsync(_store, _clock, options, default);
}
