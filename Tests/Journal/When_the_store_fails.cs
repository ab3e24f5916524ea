using System.Threading.Channels;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Diagnostics;
using Tests.Support;

namespace Tests.Journal;

public sealed class When_the_store_fails : IAsyncLifetime
{
    private readonly FakeStore _store = FakeStore.Create();
    private readonly FakeClock _clock = new();
    private readonly Channel<JournalHealth> _changes = Channel.CreateUnbounded<JournalHealth>();
    private Hub.Core.Journal.Journal _journal = null!;

    public async Task InitializeAsync()
    {
        _journal = await Hub.Core.Journal.Journal.OpenAsync(_store, _clock, new JournalOptions(), default);
        _journal.HealthChanged += health => _changes.Writer.TryWrite(health);
    }

    public async Task DisposeAsync() => await _journal.DisposeAsync();

    [Fact]
    public async Task Should_fail_what_is_awaited_and_say_so()
    {
        _store.Failure = FakeStore.DiskFull;

        var exception = await Assert.ThrowsAsync<JournalException>(async () => await _journal.CommitAsync(Operation()));

        Assert.Equal("JRN810", exception.Finding.Code);
        Assert.False(_journal.Health.Available);
        Assert.Equal("JRN810", _journal.Health.Finding!.Code);
        Assert.Equal(_clock.GetUtcNow(), _journal.Health.Since);
    }

    [Fact]
    public async Task Should_refuse_new_work_without_asking_the_store_until_it_has_recovered()
    {
        await FailAsync();
        _store.Failure = null;

        await Assert.ThrowsAsync<JournalException>(async () => await _journal.CommitAsync(Operation()));
        Assert.Empty(_store.Groups);

        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True((await _changes.Reader.ReadAsync()).Available);
        await _journal.CommitAsync(Operation());
    }

    [Fact]
    public async Task Should_prove_the_store_with_an_empty_group_when_nothing_is_kept()
    {
        await FailAsync();
        _store.Failure = null;

        _clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.True((await _changes.Reader.ReadAsync()).Available);
        Assert.Empty(Assert.Single(_store.Groups));
    }

    [Fact]
    public async Task Should_keep_what_is_posted_in_order_until_it_is_durable()
    {
        JournalOperation[] posted = [Operation(), Operation(), Operation()];
        _store.Failure = FakeStore.DiskFull;
        _journal.Post(posted[0]);
        var awaited = _journal.CommitAsync(Operation()).AsTask();
        await Assert.ThrowsAsync<JournalException>(() => awaited);
        _journal.Post(posted[1]);
        var flush = _journal.FlushAsync().AsTask();
        _journal.Post(posted[2]);
        Assert.False((await _changes.Reader.ReadAsync()).Available);
        _store.Failure = null;

        _clock.Advance(TimeSpan.FromMilliseconds(50));
        await flush;

        Assert.Equal(posted, _store.Groups.SelectMany(g => g));
    }

    [Fact]
    public async Task Should_wait_twice_as_long_after_each_failure_up_to_the_limit()
    {
        await FailAsync();
        foreach (var pause in (int[])[50, 100, 200, 400, 800, 1600, 3200, 5000, 5000])
        {
            await _store.EnteredAsync();
            await _clock.WhenArmedAsync(1);
            _clock.Advance(TimeSpan.FromMilliseconds(pause - 1));
            Assert.Equal(1, _clock.Armed);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await _store.EnteredAsync();
        await _clock.WhenArmedAsync(1);
        Assert.Empty(_store.Groups);
    }

    [Fact]
    public async Task Should_start_again_with_the_short_pause_after_a_recovery()
    {
        await FailAsync();
        await _clock.WhenArmedAsync(1);
        _store.Failure = null;
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.True((await _changes.Reader.ReadAsync()).Available);

        await FailAsync();
        await _clock.WhenArmedAsync(1);
        _store.Failure = null;
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.True((await _changes.Reader.ReadAsync()).Available);
    }

    [Fact]
    public async Task Should_fail_only_the_faulty_operation_of_a_group()
    {
        var refused = new List<JournalOperation>();
        _journal.Refused += (operation, finding) =>
        {
            Assert.Equal(JournalException.Refusal, finding.Code);
            refused.Add(operation);
        };
        _store.Hold();
        var first = _journal.CommitAsync(Operation()).AsTask();
        await _store.EnteredAsync();
        JournalOperation[] good = [Operation(), Operation(), Operation()];
        JournalOperation[] bad = [Operation(), Operation(), Operation()];
        foreach (var operation in bad) _store.Faulty.Add(operation);
        Task[] fine = [_journal.CommitAsync(good[0]).AsTask(), _journal.CommitAsync(good[1]).AsTask()];
        Task[] faulty = [_journal.CommitAsync(bad[0]).AsTask(), _journal.CommitAsync([Operation(), bad[1]]).AsTask()];
        _journal.Post(bad[2]);
        _journal.Post(good[2]);

        _store.Release();
        await Task.WhenAll([first, .. fine]);
        await _journal.FlushAsync();

        foreach (var task in faulty) Assert.True((await Assert.ThrowsAsync<JournalException>(() => task)).IsRefusal);
        Assert.Equal(good, _store.Groups.Skip(1).SelectMany(g => g));
        Assert.Equal([bad[2]], refused);
        Assert.True(_journal.Health.Available);
    }

    [Fact]
    public async Task Should_close_without_what_cannot_be_written()
    {
        await FailAsync();
        _journal.Post(Operation());
        var flush = _journal.FlushAsync().AsTask();

        await _journal.DisposeAsync();

        await Assert.ThrowsAsync<JournalException>(() => flush);
        Assert.True(_store.Disposed);
    }

    private async Task FailAsync()
    {
        _store.Failure = FakeStore.DiskFull;
        await Assert.ThrowsAsync<JournalException>(async () => await _journal.CommitAsync(Operation()));
        Assert.False((await _changes.Reader.ReadAsync()).Available);
    }

    private SettleOperation Operation() => new(new DeliveryId(_journal.Ids.Next(), 0), _clock.GetUtcNow());
}
