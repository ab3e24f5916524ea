using System.Globalization;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Xrefs;

namespace Hub.Storage.Sqlite;

/// <summary>
/// The journal in one SQLite file: write-ahead log, synchronous=FULL, one writing connection, and one for the views,
/// which never stand in the way of a commit.
/// </summary>
public sealed class SqliteJournalStore(SqliteJournalStoreOptions options) : IJournalStore
{
    private HubLock? _lock;
    private SqliteConnection? _connection;
    private SqliteWriter? _writer;
    private SqliteViews? _views;

    private SqliteWriter Writer => _writer ?? throw new InvalidOperationException("The journal's store is not open.");

    private SqliteViews Views => _views ?? throw new InvalidOperationException("The journal's store is not open.");

    /// <inheritdoc />
    public Task<MessageId> OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Open());
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask CommitAsync(IReadOnlyList<JournalOperation> group, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Writer.Commit(group);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(MessageId after, int limit, CancellationToken cancellationToken) =>
        Views.LeaseAsync(after, limit, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<PendingDelivery>> ReadDeliveriesAsync(IReadOnlyList<DeliveryId> deliveries, CancellationToken cancellationToken) =>
        Views.ReadDeliveriesAsync(deliveries, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<DeadLane>> ReadDeadLanesAsync(CancellationToken cancellationToken) => Views.ReadDeadLanesAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<MessageView?> FindAsync(MessageId id, CancellationToken cancellationToken) => Views.FindAsync(id, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MessageSummary>> QueryAsync(MessageQuery query, CancellationToken cancellationToken) => Views.QueryAsync(query, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<LedgerRow>> ReadLedgerAsync(CancellationToken cancellationToken) => Views.ReadLedgerAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) => Views.FindXrefsAsync(keys, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(string entity, string id, int limit, CancellationToken cancellationToken) =>
        Views.FindXrefsAsync(entity, id, limit, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MessageId>> FindWantedAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) => Views.FindWantedAsync(keys, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MessageId>> FindOverdueAsync(CancellationToken cancellationToken) => Views.FindOverdueAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<StateRecord?> FindStateAsync(string kind, string key, CancellationToken cancellationToken) => Views.FindStateAsync(kind, key, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StateRecord>> ListStatesAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken) =>
        Views.ListStatesAsync(kind, afterKey, limit, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<DeadCount>> CountDeadAsync(DeadQuery query, CancellationToken cancellationToken) => Views.CountDeadAsync(query, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MessageId>> FindDeadAsync(DeadQuery query, CancellationToken cancellationToken) => Views.FindDeadAsync(query, cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private MessageId Open()
    {
        _lock = HubLock.Take(options.File);
        SqliteIntegrity.CheckFile(options.File);
        _connection = new SqliteConnection(options.File, readOnly: false);
        Configure(_connection);
        var version = SqliteIntegrity.CheckSchema(_connection);
        if (version > 0) SqliteIntegrity.CheckContent(_connection, version);
        _connection.Execute("PRAGMA journal_mode = WAL");
        SqliteSchema.Migrate(_connection, version);
        if (options.MaxPages > 0) _connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {options.MaxPages}"));
        _writer = new SqliteWriter(_connection);
        _views = new SqliteViews(options.File);
        var purged = _connection.Scalar($"SELECT value FROM marks WHERE name = '{PurgeWriter.HighestMark}'");
        return new MessageId(Math.Max(_connection.Scalar("SELECT max(id) FROM messages"), purged));
    }

    private void Configure(SqliteConnection connection)
    {
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            PRAGMA page_size = {options.PageSize};
            PRAGMA synchronous = FULL;
            PRAGMA busy_timeout = {options.BusyMilliseconds};
            PRAGMA cache_size = -{options.CacheKib};
            PRAGMA wal_autocheckpoint = {options.CheckpointPages};
            PRAGMA temp_store = MEMORY;
            """));
    }

    private void Close()
    {
        _views?.Dispose();
        _connection?.Dispose();
        _lock?.Dispose();
        _views = null;
        _writer = null;
        _connection = null;
        _lock = null;
    }
}
