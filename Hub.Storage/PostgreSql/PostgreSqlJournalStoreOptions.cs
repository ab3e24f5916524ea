namespace Hub.Storage.PostgreSql;

/// <summary>Which database keeps the journal, and how much of it the hub may use.</summary>
public sealed record PostgreSqlJournalStoreOptions
{
    /// <summary>How to connect: <c>Host=…;Database=…;Username=…;Password=…</c> or <c>postgresql://user:password@host:port/database</c>.</summary>
    public required string Connection { get; init; }

    /// <summary>The schema of the hub's tables, made when it is missing; default <c>hub</c>. Lower-case letters, digits and <c>_</c>.</summary>
    public string Schema { get; init; } = "hub";

    /// <summary>For the pauses of what waits beside the commits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Connections for views, beside the one that commits; default 4.</summary>
    public int ViewConnections { get; init; } = 4;

    /// <summary>A statement that takes longer counts as a lost connection; default 60 s.</summary>
    public TimeSpan StatementLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>First pause before a lost connection is made again; it doubles up to <see cref="ReconnectMost"/>; default 50 ms.</summary>
    public TimeSpan ReconnectFirst { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest pause between two tries to connect; default 1 s.</summary>
    public TimeSpan ReconnectMost { get; init; } = TimeSpan.FromSeconds(1);
}
