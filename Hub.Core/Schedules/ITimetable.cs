namespace Hub.Core.Schedules;

/// <summary>The times of a schedule.</summary>
public interface ITimetable
{
    /// <summary>The first time later than this one; null when there is none any more. Always the same for the same question.</summary>
    DateTimeOffset? After(DateTimeOffset time);
}
