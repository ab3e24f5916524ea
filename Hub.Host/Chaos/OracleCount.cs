namespace Hub.Host.Chaos;

/// <summary>What the oracle counted from outside the hub.</summary>
internal sealed record OracleCount
{
    /// <summary>Messages whose sender was told that they are accepted.</summary>
    public long Accepted { get; init; }

    /// <summary>Messages that reached their target, each counted once.</summary>
    public long Delivered { get; init; }

    /// <summary>Accepted, and not at their target; lost, when nothing is under way any more.</summary>
    public long Missing { get; init; }

    /// <summary>Arrived so shortly ago that the hub may not have settled them: repeated when it dies now.</summary>
    public long Unsettled { get; init; }

    /// <summary>Arrivals of what had arrived before.</summary>
    public long Duplicated { get; init; }

    /// <summary>Repeats of messages that were not in flight at any fault.</summary>
    public long DuplicatedBeyond { get; init; }

    /// <summary>Repeats under another idempotency key: what an idempotent target would take twice.</summary>
    public long DuplicatedIdempotent { get; init; }

    /// <summary>Messages that arrived for the first time after a later one of their key.</summary>
    public long OutOfOrder { get; init; }

    public static OracleCount operator +(OracleCount left, OracleCount right) => new()
    {
        Accepted = left.Accepted + right.Accepted,
        Delivered = left.Delivered + right.Delivered,
        Missing = left.Missing + right.Missing,
        Unsettled = left.Unsettled + right.Unsettled,
        Duplicated = left.Duplicated + right.Duplicated,
        DuplicatedBeyond = left.DuplicatedBeyond + right.DuplicatedBeyond,
        DuplicatedIdempotent = left.DuplicatedIdempotent + right.DuplicatedIdempotent,
        OutOfOrder = left.OutOfOrder + right.OutOfOrder,
    };
}
