namespace Hub.Core.Journal;

/// <summary>What waits for a commit: one operation, a batch that stays together, or nothing (a flush).</summary>
/// <param name="Single">The operation, when it is one.</param>
/// <param name="Batch">The operations, when they are several.</param>
/// <param name="Ticket">Who awaits it; null when posted.</param>
/// <param name="Kept">Whether it stays in its place and is tried again when the store fails.</param>
internal readonly record struct JournalEntry(JournalOperation? Single, IReadOnlyList<JournalOperation>? Batch, CommitTicket? Ticket, bool Kept)
{
    internal int Size
    {
        get
        {
            var size = Single?.Size ?? 0;
            for (var i = 0; i < (Batch?.Count ?? 0); i++) size += Batch![i].Size;
            return size;
        }
    }

    internal void AddTo(List<JournalOperation> operations)
    {
        if (Single is not null) operations.Add(Single);
        if (Batch is not null) operations.AddRange(Batch);
    }
}
