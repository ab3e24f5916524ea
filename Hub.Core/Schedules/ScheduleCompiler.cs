using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Schedules;

/// <summary>Turns <c>at</c> and <c>zone</c> of a configuration into a schedule.</summary>
/// <param name="crons">What reads cron expressions; null in a program that has none.</param>
/// <param name="clock">Now: a schedule that has no time left is refused.</param>
internal sealed class ScheduleCompiler(ICronExpressions? crons, TimeProvider clock)
{
    /// <summary>Compiles one.</summary>
    /// <param name="name">The schedule's name.</param>
    /// <param name="at">The cron expression; null for <paramref name="otherwise"/>.</param>
    /// <param name="zone">The IANA zone; null for UTC.</param>
    /// <param name="otherwise">The schedule where nothing is written.</param>
    /// <param name="findings">Receives what is wrong.</param>
    public ScheduleDefinition Compile(string name, SpecItem? at, SpecItem? zone, ScheduleDefinition otherwise, Findings findings)
    {
        var where = TimeZoneInfo.Utc;
        if (zone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Text, out where!))
        {
            var near = NameSuggestion.Closest(zone.Text, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id));
            findings.Error("SCH872", zone.At, zone.Path, ("found", zone.Text), ("example", near ?? "Europe/Berlin"));
            return otherwise;
        }

        if (at is null)
        {
            if (zone is not null) findings.Error("SCH874", zone.At, zone.Path);
            return otherwise;
        }

        var reason = "this program has no cron expressions";
        if (crons?.Read(at.Text, where, out reason) is not { } times) findings.Error("SCH871", at.At, at.Path, ("found", at.Text), ("reason", reason ?? string.Empty));
        else if (times.After(clock.GetUtcNow()) is null) findings.Error("SCH873", at.At, at.Path, ("found", at.Text));
        else return new ScheduleDefinition(name, $"{at.Text} {where.Id}", times, otherwise.CatchUp);
        return otherwise;
    }
}
