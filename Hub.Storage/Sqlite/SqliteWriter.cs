using Hub.Core.Journal;
using Hub.Core.Runtime;

namespace Hub.Storage.Sqlite;

/// <summary>Applies groups of operations, each group in one transaction.</summary>
internal sealed class SqliteWriter
{
    private const int ProbeBytes = 64 * 1024;

    private readonly SqliteConnection _connection;
    private readonly SqliteNames _names;
    private readonly LedgerDeltas _ledger;
    private readonly MessageWriter _messages;
    private readonly DeliveryWriter _deliveries;
    private readonly ReplayWriter _replays;
    private readonly PurgeWriter _purges;
    private readonly XrefWriter _xrefs;
    private readonly StateWriter _states;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;

    internal SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;
        _names = new SqliteNames(connection, readOnly: false);
        _ledger = new LedgerDeltas(connection);
        _xrefs = new XrefWriter(connection, _names);
        var dead = new DeadLetterWriter(connection);
        _messages = new MessageWriter(connection, _names, _ledger, _xrefs, dead);
        _deliveries = new DeliveryWriter(connection, _messages, _xrefs);
        var reader = new MessageReader(connection, _names);
        _replays = new ReplayWriter(connection, _messages, _ledger, dead, new EditWriter(connection, reader, _xrefs), reader);
        _purges = new PurgeWriter(connection, _xrefs, dead);
        _states = new StateWriter(connection, _names);
        _begin = connection.Prepare("BEGIN IMMEDIATE");
        _commit = connection.Prepare("COMMIT");
    }

    internal void Commit(IReadOnlyList<JournalOperation> group)
    {
        try
        {
            _begin.Run();
            if (group.Count == 0) Probe();
            for (var i = 0; i < group.Count; i++)
            {
                if (i > 0) FaultPoint.Reach(FaultPoint.MidBatch);
                Apply(group[i]);
            }

            _ledger.Write();
            FaultPoint.Reach(FaultPoint.Settling);
            _commit.Run();
        }
        catch
        {
            _connection.Rollback();
            _ledger.Forget();
            _names.RolledBack();
            _messages.RolledBack();
            throw;
        }

        _names.Committed();
        _messages.Committed();
    }

    private void Apply(JournalOperation operation)
    {
        switch (operation)
        {
            case AcceptOperation accept: _messages.Accept(accept); break;
            case SettleOperation settle: _deliveries.Settle(settle); break;
            case CompleteOperation complete: _messages.Complete(complete); break;
            case RescheduleOperation reschedule: _deliveries.Reschedule(reschedule); break;
            case DeadLetterOperation dead: _deliveries.DeadLetter(dead); break;
            case ReplayOperation replay: _replays.Replay(replay); break;
            case RecordXrefsOperation record: _xrefs.Record(record); break;
            case CountOperation count: _ledger.Count(_names.Intern(count.Pipeline), count); break;
            case WriteStateOperation state: _states.Write(state); break;
            case PurgeOperation purge: _purges.Purge(purge); break;
            case PurgeKeysOperation purge: _purges.Purge(purge); break;
            default: throw SqliteFailure.Refused(_connection.File, $"there is no operation {operation.GetType().Name}");
        }
    }

    /// <summary>An empty group asks whether the journal can be written: it takes room, and gives it back in the same transaction.</summary>
    private void Probe()
    {
        _connection.Execute($"INSERT INTO marks(name, value) VALUES('probe', zeroblob({ProbeBytes})); DELETE FROM marks WHERE name = 'probe'");
    }
}
