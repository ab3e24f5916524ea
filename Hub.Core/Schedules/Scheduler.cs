using System.Globalization;
using Hub.Core.Delivery;

namespace Hub.Core.Schedules;

/// <summary>All schedules of the hub on this node.</summary>
internal sealed class Scheduler(FlowContext context) : IAsyncDisposable
{
    private readonly Dictionary<string, ScheduleRunner> _runners = new(StringComparer.Ordinal);
    private readonly string _owner = Owner(context.Random);

    /// <summary>Begins what is new, ends what is gone, and lets go on what is unchanged.</summary>
    /// <param name="jobs">With names of their own.</param>
    public async Task ApplyAsync(IReadOnlyList<ScheduledJob> jobs)
    {
        var wanted = jobs.ToDictionary(j => j.Schedule.Name, StringComparer.Ordinal);
        foreach (var (name, runner) in _runners.ToList())
        {
            if (wanted.TryGetValue(name, out var job) && job.Schedule.Text == runner.Schedule.Text && job.Schedule.CatchUp == runner.Schedule.CatchUp) continue;
            _runners.Remove(name);
            await runner.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var (name, job) in wanted)
        {
            if (!_runners.ContainsKey(name)) _runners.Add(name, new ScheduleRunner(job, _owner, context));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_runners.Values.Select(r => r.DisposeAsync().AsTask())).ConfigureAwait(false);
        _runners.Clear();
    }

    /// <summary>This start of this process: a lease of an earlier one is another's.</summary>
    private static string Owner(Random random)
    {
        lock (random) return random.NextInt64().ToString("x16", CultureInfo.InvariantCulture);
    }
}
