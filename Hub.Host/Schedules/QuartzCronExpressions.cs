using Hub.Core.Schedules;
using Quartz;

namespace Hub.Host.Schedules;

/// <summary>
/// Quartz's cron expressions. Only its calendar is used: what is due, and who does it, is told by the hub's journal
/// (docs/decisions/0017-schedules.md).
/// </summary>
internal sealed class QuartzCronExpressions : ICronExpressions
{
    public ITimetable? Read(string expression, TimeZoneInfo zone, out string? reason)
    {
        try
        {
            reason = null;
            return new Timetable(CronExpression.Parse(expression).WithTimeZone(zone));
        }
        catch (FormatException error)
        {
            reason = error.Message;
            return null;
        }
    }

    private sealed class Timetable(CronExpression cron) : ITimetable
    {
        private static readonly TimeSpan s_widest = TimeSpan.FromDays(4);

        /// <summary>
        /// Where a zone leaves out an hour or a day, 4.7.3 may answer with the time it was asked about, or an earlier one
        /// (Casablanca in April, Apia in 2011). It is asked again from further on, until it goes forward.
        /// </summary>
        public DateTimeOffset? After(DateTimeOffset time)
        {
            var asked = time.ToUniversalTime();
            for (var step = TimeSpan.FromSeconds(1); step < s_widest; step *= 2)
            {
                var next = cron.GetNextValidTimeAfter(asked)?.ToUniversalTime();
                if (next is null || next > time) return next;
                asked = time.ToUniversalTime() + step;
            }

            return null;
        }
    }
}
