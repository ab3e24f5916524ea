using Hub.Core.Pipelines.Steps;
using Tests.Support;

namespace Tests.Pipelines;

public sealed class RequestCacheTests
{
    private static readonly ReadOnlyMemory<byte> Answer = "{}"u8.ToArray();

    private readonly FakeClock _clock = new();
    private int _asked;

    [Fact]
    public async Task Answer_IsUsedUntilItsTimeIsOver()
    {
        var cache = new RequestCache(_clock, TimeSpan.FromMinutes(10));

        await cache.GetAsync("a", Found, default);
        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.True(cache.TryGet("a", out _));
        _clock.Advance(TimeSpan.FromMilliseconds(2));

        Assert.False(cache.TryGet("a", out _));
        await cache.GetAsync("a", Found, default);
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task NoRecord_IsAskedForAgain()
    {
        var cache = new RequestCache(_clock, TimeSpan.FromMinutes(10));

        Assert.Null(await cache.GetAsync("a", Missing, default));
        Assert.Null(await cache.GetAsync("a", Missing, default));

        Assert.Equal(2, _asked);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task Cache_Full_LosesTheOldest()
    {
        var cache = new RequestCache(_clock, TimeSpan.FromMinutes(10), maximumEntries: 2);

        foreach (var question in new[] { "a", "b", "c" }) await cache.GetAsync(question, Found, default);

        Assert.Equal(2, cache.Count);
        Assert.False(cache.TryGet("a", out _));
        Assert.True(cache.TryGet("c", out _));
    }

    [Fact]
    public async Task Cache_FullByBytes_LosesTheOldest()
    {
        var cache = new RequestCache(_clock, TimeSpan.FromMinutes(10), maximumBytes: 300);

        foreach (var question in new[] { "a", "b", "c" }) await cache.GetAsync(question, Found, default);

        Assert.Equal(2, cache.Count);
        Assert.False(cache.TryGet("a", out _));
    }

    [Fact]
    public async Task Cache_AfterManyRefreshes_HoldsOneEntryAQuestion()
    {
        var cache = new RequestCache(_clock, TimeSpan.FromMinutes(10), maximumEntries: 2);
        for (var i = 0; i < 10; i++)
        {
            await cache.GetAsync("a", Found, default);
            await cache.GetAsync("b", Found, default);
            _clock.Advance(TimeSpan.FromMinutes(11));
        }

        Assert.Equal(2, cache.Count);
        Assert.Equal(20, _asked);
    }

    [Fact]
    public async Task SameQuestion_WhileOneIsUnderWay_IsAskedOnce()
    {
        var cache = new RequestCache(_clock, TimeSpan.FromMinutes(10));
        var answer = new TaskCompletionSource<ReadOnlyMemory<byte>?>();
        var callers = Enumerable.Range(0, 5).Select(_ => cache.GetAsync("a", t => Ask(answer.Task), default).AsTask()).ToArray();

        answer.SetResult(Answer);

        Assert.All(await Task.WhenAll(callers), a => Assert.Equal(Answer, a));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Failure_ReachesAllWhoWaitAndIsNotKept()
    {
        var cache = new RequestCache(_clock, TimeSpan.FromMinutes(10));
        var answer = new TaskCompletionSource<ReadOnlyMemory<byte>?>();
        var callers = Enumerable.Range(0, 2).Select(_ => cache.GetAsync("a", t => Ask(answer.Task), default).AsTask()).ToArray();

        answer.SetException(new TimeoutException());

        foreach (var caller in callers) await Assert.ThrowsAsync<TimeoutException>(() => caller);
        Assert.Equal(Answer, await cache.GetAsync("a", Found, default));
    }

    [Fact]
    public async Task Asker_Stopped_AnotherAsksInItsPlace()
    {
        var cache = new RequestCache(_clock, TimeSpan.FromMinutes(10));
        using var stop = new CancellationTokenSource();
        var never = new TaskCompletionSource<ReadOnlyMemory<byte>?>();
        var first = cache.GetAsync("a", t => Ask(never.Task.WaitAsync(t)), stop.Token).AsTask();
        var second = cache.GetAsync("a", Found, default).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(Answer, await second);
    }

    private ValueTask<ReadOnlyMemory<byte>?> Found(CancellationToken token) => Ask(Task.FromResult<ReadOnlyMemory<byte>?>(Answer));

    private ValueTask<ReadOnlyMemory<byte>?> Missing(CancellationToken token) => Ask(Task.FromResult<ReadOnlyMemory<byte>?>(null));

    private ValueTask<ReadOnlyMemory<byte>?> Ask(Task<ReadOnlyMemory<byte>?> answer)
    {
        Interlocked.Increment(ref _asked);
        return new(answer);
    }
}
