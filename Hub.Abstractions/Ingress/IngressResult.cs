using Mappings.Diagnostics;

namespace Hub.Abstractions.Ingress;

/// <summary>The hub's answer to one payload.</summary>
public sealed record IngressResult
{
    /// <summary>How it ended.</summary>
    public required IngressStatus Status { get; init; }

    /// <summary>What the journal holds of it, record by record; for a payload of very many records only the first 1,000.</summary>
    public IReadOnlyList<AcceptedMessage> Messages { get; init; } = [];

    /// <summary>Records that are new.</summary>
    public long Accepted { get; init; }

    /// <summary>Records that had been accepted before.</summary>
    public long Duplicates { get; init; }

    /// <summary>Records that became dead letters because they could not be read.</summary>
    public long Malformed { get; init; }

    /// <summary>Why it was refused, or the first record that could not be read.</summary>
    public Finding? Finding { get; init; }

    /// <summary>All that is wrong with a payload that was refused as a whole; empty when <see cref="Finding"/> says it.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Why the rest of the payload was not accepted; null when it was read to its end.</summary>
    public Finding? Stopped { get; init; }

    /// <summary>When to try again, for <see cref="IngressStatus.Busy"/> and <see cref="IngressStatus.Unavailable"/>.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
