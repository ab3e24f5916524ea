namespace Hub.Core.Delivery;

/// <summary>Decides what follows a failed attempt: immediate attempts first, then the delayed ones, then none. A function of its arguments.</summary>
internal static class RetryPolicy
{
    /// <summary>A target that asks for a longer wait than this is asked again after this: one bad header must not park a delivery for ever.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <param name="retry">The system's policy.</param>
    /// <param name="attempt">The attempt that failed, from 1; counted anew after a replay.</param>
    /// <param name="transient">False when the target refused for good.</param>
    /// <param name="retryAfter">The wait the target asked for; the next attempt is never before it.</param>
    /// <param name="lottery">A number from 0 up to 1 that places the wait inside the jitter.</param>
    /// <param name="now">When the attempt ended.</param>
    public static RetryDecision Decide(
        RetryDefinition retry, int attempt, bool transient, TimeSpan? retryAfter, double lottery, DateTimeOffset now)
    {
        if (!transient || attempt >= retry.MaxAttempts) return new RetryDecision(null);
        var wait = TimeSpan.Zero;
        if (attempt > retry.Immediate)
        {
            var planned = retry.Delayed[attempt - retry.Immediate - 1];
            wait = planned * (1 + (retry.Jitter * ((2 * lottery) - 1)));
        }

        if (retryAfter is { } asked)
        {
            if (asked > LongestRetryAfter) asked = LongestRetryAfter;
            if (asked > wait) wait = asked;
        }

        return new RetryDecision(now + wait);
    }
}
