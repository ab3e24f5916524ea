namespace Hub.Storage.Sqlite;

/// <summary>Where the journal is kept and how much of the machine it may use.</summary>
public sealed record SqliteJournalStoreOptions
{
    /// <summary>Path of the database file; its folder must exist. Beside it lie <c>-wal</c>, <c>-shm</c> and <c>.lock</c>.</summary>
    public required string File { get; init; }

    /// <summary>Page size of a new file in bytes: a power of two from 512 to 65536.</summary>
    public int PageSize { get; init; } = 4096;

    /// <summary>Page cache of the writing connection in KiB.</summary>
    public int CacheKib { get; init; } = 32 * 1024;

    /// <summary>Pages in the write-ahead log before they are copied into the database.</summary>
    public int CheckpointPages { get; init; } = 4000;

    /// <summary>The database never grows beyond this many pages; 0 for no limit of its own. A full one behaves like a full disk.</summary>
    public int MaxPages { get; init; }

    /// <summary>How long to wait for another program that holds the database locked, in milliseconds.</summary>
    public int BusyMilliseconds { get; init; } = 2000;
}
