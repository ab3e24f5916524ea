using System.Numerics;
using Hub.Core.Journal;
using Hub.Core.Nodes;
using Mappings.Xrefs;
using Npgsql;

namespace Hub.Storage.PostgreSql.Nodes;

/// <summary>
/// The committing side of a node: each commit checks that the node is still a member, hands over what belongs to others,
/// and brings what others have handed over. What the node has changes with commits that succeeded only; all of it belongs to the
/// committing thread but the epoch.
/// </summary>
internal sealed class NodeCommits(WritingConnection writing, PostgreSqlNames names, string schema)
{
    // Before its first statement a commit holds its row in writers; whoever fences the node waits for that row, and then takes
    // the node's away: this statement, which sees what was committed before it, finds it or divides by zero.
    private const string Check = "SELECT nextval('commit_numbers') / (SELECT count(*) FROM nodes WHERE epoch = $1) AS node_commit";

    private const string InsertHandovers = "INSERT INTO handovers(lane_group, message, replayed) SELECT unnest($1), unnest($2), unnest($3)";

    private const string FindHandovers =
        """
        SELECT h.id AS handover, h.message, h.lane_group, h.replayed, o.commit, o.pipeline, o.outcome, o.deliveries, o.pending, o.dead, o.version, o.since
        FROM handovers h LEFT JOIN open_messages o ON o.id = h.message WHERE h.lane_group = ANY($1) ORDER BY o.commit, h.message
        """;

    private readonly PgMessageReader _reader = new(names);
    private readonly List<(AcceptOperation Operation, OpenHeader Header)> _accepted = [];
    private readonly List<(ReplayOperation Operation, int Group)> _reopened = [];
    private readonly HashSet<long> _received = [];
    private readonly List<XrefKey> _xrefs = [];
    private readonly List<Arrival> _arrived = [];
    private readonly List<(int Group, long Tenure)> _taken = [];
    private readonly long[] _tenures = new long[LaneGroups.Count];
    private long[] _deleting = [];
    private long _epoch;
    private long _current;
    private long _seen;
    private long _tenure;
    private long _number;
    private ulong _owned;
    private ulong _taking;
    private ulong _givingUp;
    private bool _leaving;
    private bool _isSettled;
    private bool _lostLetters;

    /// <summary>An open message that was handed over, with its row.</summary>
    private sealed record Arrival(long Row, int Group, bool IsReplayed, long Commit, OpenHeader? Header);

    /// <summary>See <see cref="INodeStore.Committed"/>.</summary>
    internal Action<NodeCommit>? Committed { get; set; }

    /// <summary>Others may listen.</summary>
    internal volatile bool HasPeers;

    /// <summary>The node's name, for findings.</summary>
    internal string Name { get; set; } = string.Empty;

    /// <summary>0 before the node has joined for the first time, -1 when it was fenced; read and written by any thread.</summary>
    internal long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Commits are a node's.</summary>
    internal bool IsOn => _current != 0;

    internal void Joined(long epoch) => Volatile.Write(ref _epoch, epoch);

    /// <summary>The membership of an epoch has ended.</summary>
    internal void Fenced(long epoch) => Interlocked.CompareExchange(ref _epoch, -1, epoch);

    /// <summary>A group is about to be committed.</summary>
    /// <exception cref="JournalException">The node was fenced and has not joined again.</exception>
    internal void Begin()
    {
        _current = Epoch;
        if (_current < 0) throw NodeFindings.Fenced(Name);
        if (_current == _seen) return;
        _seen = _current;
        _owned = 0;
        _received.Clear();
    }

    /// <summary>An attempt to commit it begins, the first or another.</summary>
    internal void BeginAttempt()
    {
        _accepted.Clear();
        _reopened.Clear();
        _xrefs.Clear();
        _arrived.Clear();
        _taken.Clear();
        _isSettled = false;
        _taking = _givingUp = 0;
        _leaving = _lostLetters = false;
    }

    /// <summary>The lane group of a message that is accepted.</summary>
    internal int GroupOf(MessageRecord message, bool staysHere) =>
        message.Key.Length == 0 || staysHere ? LaneGroups.Any(message.Id.Value, _owned) : LaneGroups.Of(message.Pipeline, message.Key);

    internal void Accepted(AcceptOperation operation, OpenHeader header)
    {
        if (IsOn) _accepted.Add((operation, header));
    }

    internal void Reopened(ReplayOperation operation, int group)
    {
        if (IsOn) _reopened.Add((operation, group));
    }

    internal void Noticed(IReadOnlyList<JournalOperation> group)
    {
        if (!IsOn || !HasPeers) return;
        for (var i = 0; i < group.Count; i++)
        {
            if (group[i] is PurgeOperation { Dead: true, Purged: > 0 }) _lostLetters = true;
            foreach (var entry in group[i].Xrefs) _xrefs.Add(entry.Key);
        }
    }

    internal void AddCheck(PgBatch batch)
    {
        if (IsOn) batch.Add(Check, PgParameter.Of((int)_current));
    }

    /// <summary>Takes, inside a transaction, what nobody has.</summary>
    internal void Take(TakeGroupsOperation operation)
    {
        short[] wanted = [.. LaneGroups.In(operation.Groups & ~_owned).Select(g => (short)g)];
        using var command = new NpgsqlCommand(
            "UPDATE lane_groups SET epoch = $1 WHERE id IN (SELECT id FROM lane_groups WHERE id = ANY($2) AND epoch = 0 ORDER BY id FOR UPDATE) RETURNING id", writing.Connection);
        command.Parameters.Add(PgParameter.Of((int)_current));
        command.Parameters.Add(PgParameter.Of(wanted));
        using var reader = command.ExecuteReader();
        while (reader.Read()) _taking |= 1UL << reader.GetInt16(0);
    }

    internal void GiveUp(GiveUpGroupOperation operation)
    {
        if ((_owned & (1UL << operation.Group)) == 0 || _tenures[operation.Group] != operation.Tenure) return;
        using var command = new NpgsqlCommand("UPDATE lane_groups SET epoch = 0 WHERE id = $1 AND epoch = $2", writing.Connection);
        command.Parameters.Add(PgParameter.Of(operation.Group));
        command.Parameters.Add(PgParameter.Of((int)_current));
        command.ExecuteNonQuery();
        _givingUp |= 1UL << operation.Group;
    }

    internal void Leave()
    {
        using var batch = new PgBatch(writing.Connection);
        batch.Add("UPDATE lane_groups SET epoch = 0 WHERE epoch = $1", PgParameter.Of((int)_current));
        batch.Add("DELETE FROM nodes WHERE epoch = $1", PgParameter.Of((int)_current));
        batch.Run();
        _leaving = true;
        _givingUp = LaneGroups.All;
    }

    /// <summary>The last statements of a commit.</summary>
    internal void AddEnd(PgBatch batch)
    {
        if (!IsOn) return;
        var handed = _accepted.Where(a => a.Header.Closed is null && !IsOwned(a.Header.Group)).Select(a => (a.Header.Group, a.Header.Id, Replayed: false))
            .Concat(_reopened.Where(r => !IsOwned(r.Group)).Select(r => (r.Group, Id: r.Operation.Message.Value, Replayed: true))).ToList();
        if (handed.Count > 0)
        {
            batch.Add(
                InsertHandovers, PgParameter.Of(handed.ConvertAll(h => (short)h.Group).ToArray()), PgParameter.Of(handed.ConvertAll(h => h.Id).ToArray()),
                PgParameter.Of(handed.ConvertAll(h => h.Replayed).ToArray()));
        }

        _deleting = [.. _received];
        if (_deleting.Length > 0) batch.Add("DELETE FROM handovers WHERE id = ANY($1)", PgParameter.Of(_deleting));
        AddFind(batch);
        var notice = NodeNotice.Of(_current, LaneGroups.Set(handed.Select(h => h.Group)), _givingUp != 0 || _leaving, _lostLetters, _xrefs);
        if (!notice.IsEmpty) batch.Add("SELECT pg_notify($1, $2)", PgParameter.Of(NodeNotice.Channel(schema)), PgParameter.Of(notice.Write()));
    }

    /// <summary>Runs a batch and reads what it says about the node.</summary>
    internal void Run(PgBatch batch)
    {
        if (!IsOn)
        {
            batch.Run();
            return;
        }

        using var reader = batch.Read();
        do
        {
            if (reader.FieldCount == 0) continue;
            if (reader.GetName(0) == "node_commit") ReadNumber(reader);
            else if (reader.GetName(0) == "handover") ReadArrivals(reader);
        }
        while (reader.NextResult());
    }

    /// <summary>The commit is durable, but its answer was lost: what it would have said is asked for.</summary>
    internal void CatchUp()
    {
        if (!IsOn) return;
        _arrived.Clear();
        _deleting = [];
        using var batch = new PgBatch(writing.Connection);
        batch.Add("SELECT nextval('commit_numbers') AS node_commit");
        AddFind(batch);
        Run(batch);
        using var owned = new NpgsqlCommand("SELECT id FROM lane_groups WHERE epoch = $1", writing.Connection);
        owned.Parameters.Add(PgParameter.Of((int)_current));
        var now = 0UL;
        using var reader = owned.ExecuteReader();
        while (reader.Read()) now |= 1UL << reader.GetInt16(0);
        _taking = now & ~_owned;
        _givingUp = _owned & ~now;
    }

    /// <summary>The commit is durable: places are told, and what was handed over is read.</summary>
    /// <param name="run">Is told of the rows that were read, so that their next change need not ask for them.</param>
    internal void Done(GroupRun run)
    {
        if (!IsOn) return;
        Settle();
        var arrived = Arrived(run);
        if (_taken.Count == 0 && arrived.Count == 0) return;
        Committed?.Invoke(new NodeCommit([.. _taken], arrived));
    }

    /// <summary>Once for each commit, however often what has arrived has to be read.</summary>
    private void Settle()
    {
        if (_isSettled) return;
        _isSettled = true;
        foreach (var (operation, header) in _accepted) operation.Place = Place(header.Group);
        foreach (var (operation, group) in _reopened) operation.Reopened = operation.Reopened! with { Place = Place(group) };
        _received.ExceptWith(_deleting);
        foreach (var group in LaneGroups.In(_taking)) _taken.Add((group, _tenures[group] = ++_tenure));
        _owned = (_owned | _taking) & ~_givingUp;
        if (_leaving) Fenced(_current);
    }

    /// <summary>A commit failed because the node is no member any more.</summary>
    internal bool IsFence(PostgresException exception)
    {
        if (exception is not { SqlState: PostgresErrorCodes.DivisionByZero, BatchCommand.CommandText: Check }) return false;
        Fenced(_current);
        return true;
    }

    private bool IsOwned(int group) => (_owned & (1UL << group)) != 0;

    private LanePlace Place(int group) => new(group, IsOwned(group) ? _tenures[group] : 0, _number);

    private void AddFind(PgBatch batch)
    {
        if (_owned == 0) return;
        var groups = new short[BitOperations.PopCount(_owned)];
        var i = 0;
        foreach (var group in LaneGroups.In(_owned)) groups[i++] = (short)group;
        batch.Add(FindHandovers, PgParameter.Of(groups));
    }

    private void ReadNumber(NpgsqlDataReader reader)
    {
        while (reader.Read()) _number = reader.GetInt64(0);
    }

    private void ReadArrivals(NpgsqlDataReader reader)
    {
        while (reader.Read())
        {
            if (_received.Contains(reader.GetInt64(0))) continue;
            var header = reader.IsDBNull(4) ? null : new OpenHeader
            {
                Id = reader.GetInt64(1), Pipeline = reader.GetInt32(5), HasOutcome = !reader.IsDBNull(6), Deliveries = reader.GetInt32(7), Pending = reader.GetInt32(8),
                Dead = reader.GetInt32(9), Version = reader.GetInt32(10), Stored = reader.GetInt32(10), Since = reader.GetInt64(11), Group = reader.GetInt16(2),
            };
            _arrived.Add(new Arrival(reader.GetInt64(0), reader.GetInt16(2), reader.GetBoolean(3), header is null ? 0 : reader.GetInt64(4), header));
        }
    }

    private List<HandedOver> Arrived(GroupRun run)
    {
        if (_arrived.Count == 0) return [];
        var open = _arrived.Where(a => a.Header is not null).ToList();
        var messages = _reader.ReadAsync(writing.Connection, [.. open.Select(a => a.Header!.Id)], CancellationToken.None).GetAwaiter().GetResult()
            .Where(m => m.State == MessageState.Open).ToDictionary(m => m.Message.Id.Value);
        var arrived = new List<HandedOver>(open.Count);
        foreach (var arrival in open)
        {
            if (!messages.TryGetValue(arrival.Header!.Id, out var message)) continue;
            if (arrival.Header.Version == 0) run.Open.TryAdd(arrival.Header.Id, arrival.Header);
            arrived.Add(new HandedOver(message.Open() with { Place = new LanePlace(arrival.Group, _tenures[arrival.Group], arrival.Commit) }, arrival.IsReplayed));
        }

        foreach (var arrival in _arrived) _received.Add(arrival.Row);
        _arrived.Clear();
        return arrived;
    }
}
