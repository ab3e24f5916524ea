namespace Hub.Core.Schedules;

/// <summary>Which time of a schedule is next. A function of its arguments.</summary>
internal static class DueTime
{
    /// <summary>A time may be this late without having been missed by all nodes.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_firstWindow = TimeSpan.FromMinutes(1);

    /// <summary>The next time to work on; it is in the future when nothing is due.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="watermark">All times up to this one are done.</param>
    /// <param name="now">Now.</param>
    /// <param name="since">This node is there since then: later times were not missed, they are only late.</param>
    /// <returns>Null when there is no time any more.</returns>
    public static DateTimeOffset? Next(ScheduleDefinition schedule, DateTimeOffset watermark, DateTimeOffset now, DateTimeOffset since)
    {
        var next = After(schedule.Times, watermark);
        if (next is null || next > now) return next;
        return schedule.CatchUp switch
        {
            CatchUp.All => next,
            CatchUp.Last => Newest(schedule.Times, watermark, now),
            _ => IsMissed(next.Value, now, since) ? After(schedule.Times, Earlier(now - Grace, since)) : next,
        };
    }

    /// <summary>The last time up to now, found from a window that grows until it holds one: years of seconds are not counted.</summary>
    /// <returns>Null when there is none after <paramref name="watermark"/>.</returns>
    public static DateTimeOffset? Newest(ITimetable times, DateTimeOffset watermark, DateTimeOffset now)
    {
        if (After(times, watermark) is not { } first || first > now) return null;
        for (var window = s_firstWindow; now - first > window; window *= 2)
        {
            if (After(times, now - window) is not { } found || found > now) continue;
            first = found;
            break;
        }

        while (After(times, first) is { } later && later <= now) first = later;
        return first;
    }

    private static bool IsMissed(DateTimeOffset time, DateTimeOffset now, DateTimeOffset since) => time < since && now - time > Grace;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    /// <summary>A timetable that does not go forward has no further time: whoever asks in a loop would ask for ever.</summary>
    private static DateTimeOffset? After(ITimetable times, DateTimeOffset time) => times.After(time) is { } next && next > time ? next : null;
}
