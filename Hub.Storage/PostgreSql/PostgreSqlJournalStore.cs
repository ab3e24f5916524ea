using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Storage.PostgreSql.Nodes;
using Mappings.Xrefs;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>
/// The journal in a schema of a PostgreSQL database (15 or later): one connection that commits, a few for the views. Several
/// hubs may keep their journals in one database, each in a schema of its own.
/// </summary>
public sealed partial class PostgreSqlJournalStore(PostgreSqlJournalStoreOptions options) : IJournalStore, ICommitDoubt
{
    private WritingConnection? _writing;
    private GroupWriter? _writer;
    private PostgreSqlViews? _views;

    /// <inheritdoc />
    public event Action<JournalException>? Doubted;

    private GroupWriter Writer => _writer ?? throw new InvalidOperationException("The journal's store is not open.");

    private PostgreSqlViews Views => _views ?? throw new InvalidOperationException("The journal's store is not open.");

    /// <summary>
    /// Opens the store, creating or migrating its tables. Refuses with a <see cref="JournalException"/>: JRN803 for tables of a
    /// newer hub, JRN820 to JRN829 for a database that cannot be used; it never overwrites.
    /// </summary>
    /// <returns>The highest message id the store has seen.</returns>
    public async Task<MessageId> OpenAsync(CancellationToken cancellationToken)
    {
        var place = new PostgreSqlPlace(options);
        try
        {
            return await OpenAsync(place, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            await CloseAsync().ConfigureAwait(false);
            if (exception is NpgsqlException or IOException or TimeoutException) throw PostgreSqlFailure.From(place, exception);
            throw;
        }
    }

    /// <inheritdoc />
    /// <remarks>Returns when the commit is done: the thread that calls it is the one that commits. While the outcome of a commit is in doubt, it waits until the database tells it.</remarks>
    public ValueTask CommitAsync(IReadOnlyList<JournalOperation> group, CancellationToken cancellationToken)
    {
        Writer.Commit(group, cancellationToken);
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
    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) => Views.Xrefs.FindAsync(keys, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<XrefEntry>> FindXrefsAsync(string entity, string id, int limit, CancellationToken cancellationToken) =>
        Views.Xrefs.FindAsync(entity, id, limit, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MessageId>> FindWantedAsync(IReadOnlyList<XrefKey> keys, CancellationToken cancellationToken) => Views.Xrefs.FindWantedAsync(keys, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MessageId>> FindOverdueAsync(CancellationToken cancellationToken) => Views.Xrefs.FindOverdueAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask<StateRecord?> FindStateAsync(string kind, string key, CancellationToken cancellationToken) => Views.States.FindAsync(kind, key, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<StateRecord>> ListStatesAsync(string kind, string afterKey, int limit, CancellationToken cancellationToken) =>
        Views.States.ListAsync(kind, afterKey, limit, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<DeadCount>> CountDeadAsync(DeadQuery query, CancellationToken cancellationToken) => Views.Dead.CountAsync(query, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<MessageId>> FindDeadAsync(DeadQuery query, CancellationToken cancellationToken) => Views.Dead.FindAsync(query, cancellationToken);

    /// <inheritdoc />
    public void GiveUp() => _writer?.GiveUp();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            _writing?.Leave();
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            // The row of a hub that could not say goodbye goes after a month.
        }

        await CloseAsync().ConfigureAwait(false);
    }

    private async Task<MessageId> OpenAsync(PostgreSqlPlace place, CancellationToken cancellationToken)
    {
        _writing = new WritingConnection(place);
        await _writing.OpenAsync(cancellationToken).ConfigureAwait(false);
        await PostgreSqlSchema.MigrateAsync(_writing.Connection, place, cancellationToken).ConfigureAwait(false);
        _writing.Register();
        var names = new PostgreSqlNames();
        _commits = new NodeCommits(_writing, names, place.Schema);
        _writer = new GroupWriter(options, place, _writing, names, _commits) { Doubted = failure => Doubted?.Invoke(failure) };
        _views = new PostgreSqlViews(place, names);
        _nodes = new PgNodes(place, _writing, _commits, _views);
        await using var highest = new NpgsqlCommand("SELECT greatest((SELECT max(id) FROM messages), (SELECT value FROM marks WHERE name = $1), 0)", _writing.Connection);
        highest.Parameters.Add(PgParameter.Of(PgPurge.HighestMark));
        return new MessageId((long)(await highest.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!);
    }

    private async Task CloseAsync()
    {
        if (_nodes is not null) await _nodes.DisposeAsync().ConfigureAwait(false);
        if (_views is not null) await _views.DisposeAsync().ConfigureAwait(false);
        _writing?.Dispose();
        _nodes = null;
        _writer?.Dispose();
        _views = null;
        _writer = null;
        _writing = null;
    }
}
