namespace Hub.Core.Schedules;

/// <summary>When a job is due.</summary>
/// <param name="Name">Unique in the hub; its watermark is kept under this name.</param>
/// <param name="Text">How the times are written, zone included: a schedule whose text is unchanged goes on over a reload.</param>
/// <param name="Times">The times.</param>
/// <param name="CatchUp">What becomes of times at which no node was there; default <see cref="CatchUp.Last"/>.</param>
public sealed record ScheduleDefinition(string Name, string Text, ITimetable Times, CatchUp CatchUp = CatchUp.Last);
