namespace Hub.Core.Schedules;

/// <summary>Every so often, counted from midnight UTC of an ancient day, so that all nodes mean the same times.</summary>
public sealed class IntervalTimetable : ITimetable
{
    private readonly long _ticks;

    /// <param name="every">More than nothing.</param>
    public IntervalTimetable(TimeSpan every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero);
        _ticks = every.Ticks;
    }

    /// <inheritdoc />
    public DateTimeOffset? After(DateTimeOffset time)
    {
        var count = (time.UtcTicks / _ticks) + 1;
        return count > DateTimeOffset.MaxValue.UtcTicks / _ticks ? null : new DateTimeOffset(count * _ticks, TimeSpan.Zero);
    }
}
