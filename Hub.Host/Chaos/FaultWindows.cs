namespace Hub.Host.Chaos;

/// <summary>
/// When faults struck. A message was in flight at one when it first arrived between <see cref="Before"/> ahead of its
/// beginning and <see cref="After"/> behind its end: only such a message may arrive twice.
/// </summary>
internal sealed class FaultWindows
{
    /// <summary>A delivery is settled with the next group of commits: this is many times as long as that takes on a busy machine.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromSeconds(1);

    /// <summary>What a dead process had written to its sockets still arrives.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<(TimeSpan From, TimeSpan To)> _faults = [];

    /// <summary>A fault begins; open until <see cref="End"/>.</summary>
    public void Begin(TimeSpan at)
    {
        lock (_lock) _faults.Add((at, TimeSpan.MaxValue - After));
    }

    /// <summary>The fault that began last is over.</summary>
    public void End(TimeSpan at)
    {
        lock (_lock) _faults[^1] = (_faults[^1].From, at);
    }

    public bool WasInFlight(TimeSpan firstArrival)
    {
        lock (_lock)
        {
            for (var i = _faults.Count - 1; i >= 0; i--)
                if (firstArrival >= _faults[i].From - Before && firstArrival <= _faults[i].To + After) return true;
            return false;
        }
    }
}
