using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Npgsql;

namespace Hub.Storage.PostgreSql.Nodes;

/// <summary>
/// Membership and leases, on a connection of their own whose statements never wait long: each question is one round trip and
/// one transaction, so that a node that stands still in the middle of one holds nobody up.
/// </summary>
internal sealed class PgNodes(PostgreSqlPlace place, WritingConnection writing, NodeCommits commits, PostgreSqlViews views) : IAsyncDisposable
{
    private const string Board =
        """
        SELECT name, epoch, address, revision, lease, heartbeat, heartbeat + lease > clock_timestamp(), leaving, ahead, clock_timestamp() FROM nodes ORDER BY epoch
        """;

    private const string Owners = "SELECT id, epoch FROM lane_groups ORDER BY id";

    private const string HandedOver = "SELECT EXISTS(SELECT 1 FROM handovers h JOIN lane_groups g ON g.id = h.lane_group WHERE g.epoch = $1)";

    private const string Renew =
        """
        UPDATE nodes SET heartbeat = clock_timestamp(), revision = $2, leaving = $3, ahead = extract(epoch FROM $4 - clock_timestamp()), writer = $5 WHERE epoch = $1 RETURNING epoch
        """;

    // What the node commits now holds its row in writers: this waits for it, and then ends its membership and frees its groups.
    private const string Wait = "UPDATE writers SET seen = now() WHERE id = (SELECT writer FROM nodes WHERE epoch = $1)";

    private const string End =
        """
        WITH d AS (DELETE FROM nodes WHERE epoch = $1 AND ($2 OR heartbeat + lease < clock_timestamp()) RETURNING epoch),
          f AS (UPDATE lane_groups g SET epoch = 0 FROM d WHERE g.epoch = d.epoch RETURNING 1)
        SELECT count(*), (SELECT count(*) FROM f) FROM d
        """;

    // A node that was stopped in the middle of a commit holds its row for as long as it stands still.
    private const string Terminate =
        """
        SELECT pg_terminate_backend(l.pid) FROM nodes n JOIN writers w ON w.id = n.writer
          JOIN pg_locks l ON l.locktype = 'transactionid' AND l.transactionid = w.xmax AND l.granted AND l.mode = 'ExclusiveLock'
        WHERE n.epoch = $1 AND l.pid <> pg_backend_pid()
        """;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private NpgsqlConnection? _connection;
    private NodeListener? _listener;

    /// <summary>See <see cref="INodeStore.Signalled"/>.</summary>
    internal Action<NodeSignal>? Signalled { get; set; }

    internal async Task<JoinedNode> JoinAsync(NodeOptions node, Heartbeat beat, bool first, CancellationToken cancellationToken)
    {
        commits.Name = node.Name;
        _listener ??= new NodeListener(place, place.Clock, () => commits.Epoch, signal => Signalled?.Invoke(signal));
        await _listener.ListeningAsync(cancellationToken).ConfigureAwait(false);
        var joined = await AskAsync(connection => JoinAsync(connection, node, beat, first, cancellationToken), cancellationToken).ConfigureAwait(false);
        commits.Joined(joined.Epoch);
        return joined;
    }

    internal Task<NodeBoard?> RenewAsync(Heartbeat beat, CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            var epoch = commits.Epoch;
            if (epoch <= 0) return null;
            using var batch = new PgBatch(connection);
            batch.Add(
                Renew, PgParameter.Of((int)epoch), PgParameter.Of(beat.Revision), PgParameter.Of(beat.IsLeaving),
                new NpgsqlParameter<DateTime> { TypedValue = beat.Now.UtcDateTime }, PgParameter.Of(writing.Writer));
            batch.Add(Board);
            batch.Add(Owners);
            batch.Add(HandedOver, PgParameter.Of((int)epoch));
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var isMember = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                var board = await ReadBoardAsync(reader, cancellationToken).ConfigureAwait(false);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                commits.HasPeers = board.Nodes.Count > 1;
                if (isMember) return board with { HasHandedOver = reader.GetBoolean(0) };
                commits.Fenced(epoch);
                return null;
            }
        },
        cancellationToken);

    internal Task<bool> FenceAsync(long epoch, CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            try
            {
                return await EndAsync(connection, epoch, evenAlive: false, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                await TerminateAsync(connection, epoch, cancellationToken).ConfigureAwait(false);
                return false;
            }
        },
        cancellationToken);

    internal ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(ulong groups, OpenMessage? after, int limit, CancellationToken cancellationToken) =>
        views.LeaseAsync([.. LaneGroups.In(groups).Select(g => (short)g)], after?.Place.Commit ?? 0, after?.Message.Id.Value ?? 0, limit, cancellationToken);

    internal async ValueTask<IReadOnlyList<GroupLag>> ReadLagAsync(CancellationToken cancellationToken) => await AskAsync(
        async connection =>
        {
            using var batch = new PgBatch(connection);
            batch.Add("SELECT lane_group, count(*), min(since) FROM open_messages GROUP BY lane_group ORDER BY lane_group");
            var lags = new List<GroupLag>();
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    lags.Add(new GroupLag(reader.GetInt16(0), reader.GetInt64(1), new DateTimeOffset(reader.GetInt64(2), TimeSpan.Zero)));
            }

            return (IReadOnlyList<GroupLag>)lags;
        },
        cancellationToken).ConfigureAwait(false);

    internal async ValueTask<NodeBoard> ReadBoardAsync(CancellationToken cancellationToken) => await AskAsync(
        async connection =>
        {
            using var batch = new PgBatch(connection);
            batch.Add(Board);
            batch.Add(Owners);
            var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false)) return await ReadBoardAsync(reader, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync().ConfigureAwait(false);
        if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
        _connection = null;
        _turn.Dispose();
    }

    private static async Task<NodeBoard> ReadBoardAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var nodes = new List<NodeState>();
        var now = DateTimeOffset.UnixEpoch;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            now = reader.GetFieldValue<DateTimeOffset>(9);
            nodes.Add(new NodeState(
                reader.GetString(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetTimeSpan(4), reader.GetFieldValue<DateTimeOffset>(5),
                reader.GetBoolean(6), reader.GetBoolean(7), TimeSpan.FromSeconds(reader.GetDouble(8))));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var owners = new long[LaneGroups.Count];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) owners[reader.GetInt16(0)] = reader.GetInt32(1);
        return new NodeBoard(nodes, owners, now);
    }

    /// <returns>Whether the node was a member, and is not any more.</returns>
    private static async Task<bool> EndAsync(NpgsqlConnection connection, long epoch, bool evenAlive, CancellationToken cancellationToken)
    {
        using var batch = new PgBatch(connection);
        batch.Add(Wait, PgParameter.Of((int)epoch));
        batch.Add(End, PgParameter.Of((int)epoch), PgParameter.Of(evenAlive));
        var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false)) return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && reader.GetInt64(0) > 0;
    }

    private static async Task TerminateAsync(NpgsqlConnection connection, long epoch, CancellationToken cancellationToken)
    {
        using var batch = new PgBatch(connection);
        batch.Add(Terminate, PgParameter.Of((int)epoch));
        var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await reader.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<JoinedNode> JoinAsync(NpgsqlConnection connection, NodeOptions node, Heartbeat beat, bool first, CancellationToken cancellationToken)
    {
        var board = await BoardAsync(connection, cancellationToken).ConfigureAwait(false);
        if (board.FirstOrDefault(n => n.State.Name == node.Name).State is { } namesake)
        {
            if (!first && namesake.IsAlive) throw NodeFindings.NameTaken(node.Name, namesake.Address);
            if (!await TryEndAsync(connection, namesake.Epoch, cancellationToken).ConfigureAwait(false)) throw PostgreSqlFailure.Unavailable(place, $"node {node.Name} is still committing");
        }

        var used = board.Where(n => n.State.Name != node.Name).Select(n => (int)n.Slot).ToHashSet();
        var slot = Enumerable.Range(0, LaneGroups.Count).Where(s => !used.Contains(s)).Select(s => (int?)s).FirstOrDefault();
        if (slot is null) throw NodeFindings.TooMany(node.Name);
        using var batch = new PgBatch(connection);
        batch.Add(
            """
            INSERT INTO nodes(epoch, name, slot, writer, address, revision, lease, heartbeat, leaving, ahead)
            VALUES(nextval('node_epochs'), $1, $2, $3, $4, $5, $6, clock_timestamp(), false, extract(epoch FROM $7 - clock_timestamp())) RETURNING epoch, clock_timestamp()
            """,
            PgParameter.Of(node.Name), PgParameter.Of(slot.Value), PgParameter.Of(writing.Writer), PgParameter.Of(node.Address), PgParameter.Of(beat.Revision),
            new NpgsqlParameter<TimeSpan> { TypedValue = node.Lease }, new NpgsqlParameter<DateTime> { TypedValue = beat.Now.UtcDateTime });
        batch.Add("SELECT greatest((SELECT max(id) FROM messages), (SELECT value FROM marks WHERE name = $1), 0)", PgParameter.Of(PgPurge.HighestMark));
        batch.Add("SELECT pg_notify($1, $2)", PgParameter.Of(NodeNotice.Channel(place.Schema)), PgParameter.Of(new NodeNotice(0, 0, true, false, null, false).Write()));
        var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var (epoch, now) = (reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1));
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return new JoinedNode(epoch, slot.Value, new MessageId(reader.GetInt64(0)), now);
        }
    }

    /// <summary>Ends the membership of a node of this name, alive or not: whoever starts last has the name.</summary>
    private static async Task<bool> TryEndAsync(NpgsqlConnection connection, long epoch, CancellationToken cancellationToken)
    {
        try
        {
            await EndAsync(connection, epoch, evenAlive: true, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await TerminateAsync(connection, epoch, cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private static async Task<List<(NodeState State, short Slot)>> BoardAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var batch = new PgBatch(connection);
        batch.Add(Board);
        batch.Add(Owners);
        batch.Add("SELECT slot FROM nodes ORDER BY epoch");
        var reader = await batch.ReadAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var board = await ReadBoardAsync(reader, cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            var nodes = new List<(NodeState, short)>();
            foreach (var state in board.Nodes)
            {
                if (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) nodes.Add((state, reader.GetInt16(0)));
            }

            return nodes;
        }
    }

    private async Task<T> AskAsync<T>(Func<NpgsqlConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection is null)
            {
                var opened = new NpgsqlConnection(place.Membership);
                try
                {
                    await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
                }
                catch
                {
                    await opened.DisposeAsync().ConfigureAwait(false);
                    throw;
                }

                _connection = opened;
            }

            return await ask(_connection).ConfigureAwait(false);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            if (PostgreSqlFailure.IsLost(error) || error is InvalidOperationException)
            {
                if (_connection is not null) await _connection.DisposeAsync().ConfigureAwait(false);
                _connection = null;
            }

            // Two that join at once may reach for the same slot: the second reaches again.
            throw error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable } busy
                ? PostgreSqlFailure.Unavailable(place, busy.MessageText)
                : PostgreSqlFailure.From(place, error);
        }
        finally
        {
            _turn.Release();
        }
    }
}
