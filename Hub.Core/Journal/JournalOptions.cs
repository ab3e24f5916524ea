namespace Hub.Core.Journal;

/// <summary>How operations are gathered into groups, and how a store that fails is tried again.</summary>
public sealed record JournalOptions
{
    /// <summary>A group takes no further entry once it has this many operations; default 1000.</summary>
    public int GroupOperations { get; init; } = 1000;

    /// <summary>A group takes no further entry once it has this many bytes; default 8 MiB.</summary>
    public int GroupBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Posted operations wait no longer than this for a group to go with; default 20 ms.</summary>
    public TimeSpan PostedDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>First pause after the store has failed; it doubles with each failure; default 50 ms.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause between two tries; default 5 s.</summary>
    public TimeSpan RetryMost { get; init; } = TimeSpan.FromSeconds(5);
}
