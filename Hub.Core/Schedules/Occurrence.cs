namespace Hub.Core.Schedules;

/// <summary>One time of a schedule: what makes two runs the same.</summary>
/// <param name="Schedule">The schedule's name.</param>
/// <param name="ScheduledAt">The time the schedule says; the run may be later.</param>
/// <param name="Attempt">From 1.</param>
public readonly record struct Occurrence(string Schedule, DateTimeOffset ScheduledAt, int Attempt);
