namespace Tests.Support;

public sealed class FakeClockTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public void Advance_SeveralTimers_FireInOrderOfTheirDueTimes()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = Timer("late", 30);
        using var early = Timer("early", 10);
        using var never = Timer("never", 31);

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal([("early", TimeSpan.FromSeconds(10)), ("late", TimeSpan.FromSeconds(30))], fired);
        Assert.Equal(start.AddSeconds(30), _clock.GetUtcNow());

        ITimer Timer(string name, int seconds) =>
            _clock.CreateTimer(_ => fired.Add((name, _clock.GetUtcNow() - start)), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresOncePerPeriod()
    {
        var fired = 0;
        using var timer = _clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(4, fired);
    }

    [Fact]
    public async Task TaskDelay_OnTheFakeClock_EndsWhenTheClockGetsThere()
    {
        var delay = DelayAsync();
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));

        await delay;

        async Task DelayAsync()
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5), _clock);
            await timer.WaitForNextTickAsync();
        }
    }

    [Fact]
    public void GetElapsedTime_AfterAdvance_IsTheTimeThatWentBy()
    {
        var start = _clock.GetTimestamp();

        _clock.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Equal(1500, _clock.GetElapsedTime(start).TotalMilliseconds, 3);
    }
}
