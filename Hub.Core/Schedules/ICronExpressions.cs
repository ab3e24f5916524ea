namespace Hub.Core.Schedules;

/// <summary>Reads cron expressions: seconds, minutes, hours, day of month, month, day of week, and a year where one is wanted.</summary>
public interface ICronExpressions
{
    /// <summary>Reads one.</summary>
    /// <param name="expression">Such as <c>0 30 3 * * ?</c>.</param>
    /// <param name="zone">Whose clock it goes by.</param>
    /// <param name="reason">Why it cannot be read.</param>
    /// <returns>Null when it cannot be read.</returns>
    ITimetable? Read(string expression, TimeZoneInfo zone, out string? reason);
}
