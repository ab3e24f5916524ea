namespace Hub.Core.Schedules;

/// <summary>Work that is done at the times of a schedule.</summary>
/// <param name="Schedule">When.</param>
/// <param name="RunAsync">
/// The work. It is called for each time by one node; again, for the same <see cref="Occurrence"/>, when it threw or its node
/// died, so that it has to be idempotent for the scheduled time. Its token is cancelled when the hub stops or the node has lost
/// its lease.
/// </param>
public sealed record ScheduledJob(ScheduleDefinition Schedule, Func<Occurrence, CancellationToken, Task> RunAsync);
