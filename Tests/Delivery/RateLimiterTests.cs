using Hub.Core.Delivery;
using Mappings.Yaml;

namespace Tests.Delivery;

public sealed class RateLimiterTests
{
    [Fact]
    public void Burst_IsATenthOfTheCount()
    {
        var limiter = new RateLimiter(new Rate(200, TimeSpan.FromSeconds(1)));

        Assert.Equal(20, TakeAllAt(limiter, TimeSpan.Zero));
    }

    [Fact]
    public void SlowRate_LetsOneThroughAndTellsTheWait()
    {
        var limiter = new RateLimiter(new Rate(6, TimeSpan.FromMinutes(1)));

        Assert.True(limiter.TryTake(TimeSpan.FromSeconds(100), out _));
        Assert.False(limiter.TryTake(TimeSpan.FromSeconds(103), out var wait));
        Assert.Equal(TimeSpan.FromSeconds(7), wait);
        Assert.True(limiter.TryTake(TimeSpan.FromSeconds(110), out _));
    }

    [Theory]
    [InlineData(200, 1, 10)]
    [InlineData(7, 1, 60)]
    [InlineData(90, 60, 600)]
    public void LongRun_KeepsToTheRateAndItsBurst(int count, int seconds, int run)
    {
        var limiter = new RateLimiter(new Rate(count, TimeSpan.FromSeconds(seconds)));
        var taken = 0;
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(run); now += TimeSpan.FromMilliseconds(1)) taken += TakeAllAt(limiter, now);

        var exact = (double)count * run / seconds;
        Assert.InRange(taken, exact - 1, exact + Math.Max(1, count / 10));
    }

    [Fact]
    public void Idle_DoesNotSaveUpMoreThanTheBurst()
    {
        var limiter = new RateLimiter(new Rate(200, TimeSpan.FromSeconds(1)));
        TakeAllAt(limiter, TimeSpan.Zero);

        Assert.Equal(20, TakeAllAt(limiter, TimeSpan.FromHours(1)));
    }

    private static int TakeAllAt(RateLimiter limiter, TimeSpan now)
    {
        var taken = 0;
        while (limiter.TryTake(now, out _)) taken++;
        return taken;
    }
}
