using Hub.Core.Claims;
using Hub.Core.Schedules;

namespace Hub.Core.Runtime;

/// <summary>Forgets messages that are older than the configuration keeps them: a batch a commit, so that no commit is long. On one node of the cluster at a time.</summary>
internal sealed class RetentionSweep(HubEngine engine, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>Where hub.yaml says no other time.</summary>
    public static ScheduleDefinition Hourly { get; } = new("retention", "every 1h", new IntervalTimetable(TimeSpan.FromHours(1)));

    public async Task RunAsync(Occurrence occurrence, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var definition = engine.Definition!;
        await PurgeAsync(now - definition.KeepSettled, dead: false, cancellationToken).ConfigureAwait(false);
        await PurgeAsync(now - definition.KeepDead, dead: true, cancellationToken).ConfigureAwait(false);
        await new ClaimSweep(engine.Context).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task PurgeAsync(DateTimeOffset before, bool dead, CancellationToken cancellationToken)
    {
        int purged;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            purged = await engine.PurgeAsync(before, dead, Batch, cancellationToken).ConfigureAwait(false);
        }
        while (purged == Batch);
    }
}
