namespace Hub.Host.Chaos;

/// <summary>One fault, and what the oracle saw of it.</summary>
internal sealed record RoundResult
{
    /// <summary>From 1; void rounds have the number of the one that repeats them.</summary>
    public required int Round { get; init; }

    /// <summary>The fault's kind, as in the texts.</summary>
    public required string Fault { get; init; }

    public string Detail { get; init; } = string.Empty;

    public bool IsKill { get; init; }

    /// <summary>Nothing was in flight: the round proves nothing and is repeated.</summary>
    public bool IsVoid { get; init; }

    public required long Accepted { get; init; }

    public required long Delivered { get; init; }

    public required long InFlight { get; init; }

    /// <summary>How much may arrive twice because of this fault.</summary>
    public required long Bound { get; init; }

    public required long Duplicated { get; init; }

    public required long OutOfOrder { get; init; }

    public required long Lost { get; init; }

    public required long Unaccounted { get; init; }

    /// <summary>From the end of the fault until all that was in flight had arrived; null when the next fault came before.</summary>
    public double? RecoverySeconds { get; init; }
}
