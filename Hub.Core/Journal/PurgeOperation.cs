namespace Hub.Core.Journal;

/// <summary>
/// Forgets closed messages that were accepted before a time (delivered or filtered; dead ones only when <paramref name="dead"/>
/// is set), oldest first, with their dedupe keys. Ledger counters stay.
/// </summary>
public sealed class PurgeOperation(DateTimeOffset before, bool dead, int limit) : JournalOperation
{
    public DateTimeOffset Before { get; } = before;

    public bool Dead { get; } = dead;

    public int Limit { get; } = limit;

    /// <summary>Result: how many messages went.</summary>
    public int Purged { get; set; }
}
