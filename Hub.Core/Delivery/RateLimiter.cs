using Mappings.Yaml;

namespace Hub.Core.Delivery;

/// <summary>
/// A token bucket, kept as the time at which it would be full again (the generic cell rate algorithm, ITU-T I.371): no
/// timer refills it, and the wait for the next token is exact. The bucket holds a tenth of the count, at least one, so
/// that any one period sees at most a tenth more than the rate. Times are monotonic. Not synchronised.
/// </summary>
internal sealed class RateLimiter
{
    private const int BurstShare = 10;

    private readonly long _step;
    private readonly long _tolerance;
    private long _full;

    public RateLimiter(Rate rate)
    {
        Definition = rate;
        _step = Math.Max(1, (long)Math.Round(rate.Per.Ticks / (double)rate.Count));
        var burst = Math.Max(1, rate.Count / BurstShare);
        _tolerance = (burst - 1) * _step;
        _full = long.MinValue / 2;
    }

    public Rate Definition { get; }

    /// <summary>Takes a token.</summary>
    /// <param name="now">Now.</param>
    /// <param name="wait">Until a token is there, when there is none.</param>
    public bool TryTake(TimeSpan now, out TimeSpan wait)
    {
        var early = _full - _tolerance - now.Ticks;
        if (early > 0)
        {
            wait = TimeSpan.FromTicks(early);
            return false;
        }

        wait = TimeSpan.Zero;
        _full = Math.Max(_full, now.Ticks) + _step;
        return true;
    }
}
