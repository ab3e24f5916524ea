namespace Hub.Core.Journal;

/// <summary>Forgets dedupe keys that outlived their messages, which were closed before a time; oldest first.</summary>
public sealed class PurgeKeysOperation(DateTimeOffset before, int limit) : JournalOperation
{
    public DateTimeOffset Before { get; } = before;

    public int Limit { get; } = limit;

    /// <summary>Result: how many keys went.</summary>
    public int Purged { get; set; }
}
