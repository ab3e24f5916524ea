namespace Hub.Core.Journal;

/// <summary>
/// Forgets messages that were closed before a time (delivered or filtered; dead ones only when <paramref name="dead"/>
/// is set), oldest first. A message that was replayed is as old as its replay. Ledger counters stay.
/// </summary>
public sealed class PurgeOperation(DateTimeOffset before, bool dead, int limit) : JournalOperation
{
    public DateTimeOffset Before { get; } = before;

    public bool Dead { get; } = dead;

    public int Limit { get; } = limit;

    /// <summary>
    /// The dedupe keys of those closed at this time or later outlive them, until a <see cref="PurgeKeysOperation"/>; the other
    /// keys go with their messages. Null: all go.
    /// </summary>
    public DateTimeOffset? KeysFrom { get; init; }

    /// <summary>Result: how many messages went.</summary>
    public int Purged { get; set; }
}
