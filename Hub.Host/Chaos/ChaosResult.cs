namespace Hub.Host.Chaos;

/// <summary>What became of a whole run.</summary>
internal sealed record ChaosResult
{
    public required string Store { get; init; }

    public required int Nodes { get; init; }

    public required IReadOnlyList<string> Routes { get; init; }

    public required int Seed { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<RoundResult> Rounds { get; init; }

    /// <summary>The oracle's count when nothing was under way any more; what is missing then is lost.</summary>
    public required OracleCount Total { get; init; }

    /// <summary>What the ledger cannot account for, or counts otherwise than the oracle.</summary>
    public required long Unaccounted { get; init; }

    /// <summary>Seconds from the start of a node's process until it took messages: shortest, median, longest.</summary>
    public required IReadOnlyList<double> StartSeconds { get; init; }

    /// <summary>Faults that could not be tried here.</summary>
    public required IReadOnlyList<FaultNotRun> NotRun { get; init; }

    public int Kills => Rounds.Count(round => round is { IsKill: true, IsVoid: false });

    public int OtherFaults => Rounds.Count(round => round is { IsKill: false, IsVoid: false });

    public int VoidRounds => Rounds.Count(round => round.IsVoid);

    public long Bound => Rounds.Sum(round => round.Bound);

    public long Lost => Total.Missing;

    /// <summary>Nothing lost, nothing out of order, nothing unaccounted, no duplicate that was not in flight, none for an idempotent target, and something was tried.</summary>
    public bool IsFine =>
        Lost == 0 && Total.OutOfOrder == 0 && Unaccounted == 0 && Total.DuplicatedBeyond == 0 && Total.DuplicatedIdempotent == 0
        && Kills > 0 && Total.Delivered > 0 && Rounds.All(round => round.Lost == 0 && round.Unaccounted == 0);
}
