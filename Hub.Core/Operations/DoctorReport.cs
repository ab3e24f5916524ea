namespace Hub.Core.Operations;

/// <summary>What <c>hub doctor</c> found.</summary>
/// <param name="Hub">Its name.</param>
/// <param name="Revision">The configuration that was looked at.</param>
/// <param name="At">When, by the clock of the machine that looked.</param>
/// <param name="Systems">All systems of the configuration, by name.</param>
public sealed record DoctorReport(string Hub, string Revision, DateTimeOffset At, IReadOnlyList<SystemReport> Systems)
{
    /// <summary>Null when no hub runs: only the systems were looked at.</summary>
    public JournalReport? Journal { get; init; }

    /// <summary>The nodes that share the journal; null when it is not shared, or cannot be read.</summary>
    public NodesReport? Nodes { get; init; }

    /// <summary>Everything that is wrong.</summary>
    public IEnumerable<FindingView> AllFindings() =>
        Systems.SelectMany(s => s.Findings).Concat(Journal?.Finding is { } finding ? [finding] : []).Concat(Nodes?.Findings ?? []);
}
