namespace Hub.Core.Operations;

/// <summary>Which dead messages to open again: those named, or those that fit all conditions that are not null.</summary>
public sealed record ReplayRequest
{
    /// <summary>Ids; when there are any, nothing else selects.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    public string? Pipeline { get; init; }

    /// <summary>Only messages whose first error has this code.</summary>
    public string? Code { get; init; }

    /// <summary>At most this many, the oldest first; default 100, at most 1,000.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Who asks and why, for the trail.</summary>
    public string Reason { get; init; } = string.Empty;
}
