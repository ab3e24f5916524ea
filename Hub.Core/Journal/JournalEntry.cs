namespace Hub.Core.Journal;

/// <summary>What waits for a commit: one operation, a batch that stays together, or nothing (a flush).</summary>
/// <param name="Single">The operation, when it is one.</param>
/// <param name="Batch">The operations, when they are several.</param>
/// <param name="Ticket">Who awaits it; null when posted.</param>
/// <param name="Kept">Whether it stays in its place and is tried again when the store fails.</param>
/// <param name="Size">Rough size in bytes, worked out before the entry waits.</param>
internal readonly record struct JournalEntry(JournalOperation? Single, IReadOnlyList<JournalOperation>? Batch, CommitTicket? Ticket, bool Kept, long Size)
{
    internal static JournalEntry Of(JournalOperation operation, CommitTicket? ticket, bool kept) => new(operation, null, ticket, kept, operation.Size);

    internal static JournalEntry Of(IReadOnlyList<JournalOperation> operations, CommitTicket ticket, bool kept)
    {
        var size = 0L;
        for (var i = 0; i < operations.Count; i++) size += operations[i].Size;
        return new JournalEntry(null, operations, ticket, kept, size);
    }

    internal static JournalEntry Flush(CommitTicket ticket) => new(null, null, ticket, Kept: true, 0);

    internal void AddTo(List<JournalOperation> operations)
    {
        if (Single is not null) operations.Add(Single);
        if (Batch is not null) operations.AddRange(Batch);
    }
}
