using System.Globalization;

namespace Hub.Core.Delivery;

/// <summary>Durations as they are written in the configuration: <c>250ms</c>, <c>30s</c>, <c>10m</c>, <c>1h</c>.</summary>
internal static class Durations
{
    public static string Text(TimeSpan duration)
    {
        var (value, unit) = duration switch
        {
            { TotalSeconds: < 1 } => (duration.TotalMilliseconds, "ms"),
            { TotalMinutes: < 1 } => (duration.TotalSeconds, "s"),
            { TotalHours: < 1 } => (duration.TotalMinutes, "m"),
            { TotalDays: < 1 } => (duration.TotalHours, "h"),
            _ => (duration.TotalDays, "d"),
        };
        return value.ToString("0.###", CultureInfo.InvariantCulture) + unit;
    }
}
