using Hub.Core.Journal;
using Hub.Core.Nodes;
using Hub.Storage.PostgreSql.Nodes;
using Npgsql;

namespace Hub.Storage.PostgreSql;

/// <summary>
/// Commits groups. Mostly all that a group needs is known here: then it is one round trip, which is one transaction. A group
/// that meets a dedupe key that is taken, or messages that are not known, begins again with a transaction that asks first.
/// A lost connection is made again and asked what became of the commit, for as long as it takes: the answer to a commit is
/// never a guess.
/// </summary>
internal sealed class GroupWriter : IDisposable
{
    private const int MostCollisions = 10;

    /// <summary>After a duplicate, this many groups ask for their keys before they write: where one is, more are.</summary>
    private const int AskAfterDuplicate = 8;

    private readonly PostgreSqlJournalStoreOptions _options;
    private readonly PostgreSqlPlace _place;
    private readonly WritingConnection _writing;
    private readonly PostgreSqlNames _names;
    private readonly ByteArena _arena = new();
    private readonly LedgerCounts _ledger = new();
    private readonly GroupRun _run;
    private readonly GroupStatements _statements;
    private readonly GroupQuestions _questions;
    private readonly NodeCommits _nodes;
    private readonly ManualResetEvent _givenUp = new(false);
    private int _asking;

    internal GroupWriter(PostgreSqlJournalStoreOptions options, PostgreSqlPlace place, WritingConnection writing, PostgreSqlNames names, NodeCommits nodes)
    {
        _options = options;
        _place = place;
        _writing = writing;
        _names = names;
        _nodes = nodes;
        _run = new GroupRun(names, _ledger, nodes);
        _statements = new GroupStatements(names, _arena);
        _questions = new GroupQuestions(writing, names, _run, _ledger, _statements, nodes);
    }

    internal void Commit(IReadOnlyList<JournalOperation> group, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _nodes.Begin();
        var asks = _asking > 0;
        var anew = false;
        for (var collisions = 0; ; collisions++)
        {
            if (!_writing.IsOpen) Connect();

            // Asked anew each time: what was known is forgotten after a failure.
            asks |= _questions.HaveToBeAsked(group);
            _writing.NextToken();
            _nodes.BeginAttempt();
            try
            {
                _questions.GiveNames(group);
                if (asks) CommitAsking(group);
                else CommitAtOnce(group);
                if (_asking > 0) _asking--;
                Arrive(isKnown: true, cancellationToken);
                return;
            }
            catch (Exception exception)
            {
                Forget();
                if (PostgreSqlFailure.IsLost(exception) || WritingConnection.IsFenced(exception))
                {
                    if (IsDurable(exception, cancellationToken))
                    {
                        Arrive(isKnown: false, cancellationToken);
                        return;
                    }

                    if (collisions < MostCollisions) continue;
                }
                else if (exception is PostgresException postgres && collisions < MostCollisions)
                {
                    Rollback();
                    if (PostgreSqlFailure.IsCollision(postgres)) continue;
                    if (_nodes.IsFence(postgres)) throw NodeFindings.Fenced(_nodes.Name);
                    if (!anew && IsAnotherThanKnown(postgres))
                    {
                        asks = anew = true;
                        if (postgres.SqlState == PostgresErrorCodes.UniqueViolation) _asking = AskAfterDuplicate;
                        continue;
                    }
                }
                else Rollback();

                throw PostgreSqlFailure.From(_place, exception);
            }
        }
    }

    /// <summary>See <see cref="ICommitDoubt.Doubted"/>.</summary>
    internal Action<JournalException>? Doubted { get; set; }

    /// <summary>See <see cref="ICommitDoubt.GiveUp"/>.</summary>
    internal void GiveUp() => _givenUp.Set();

    public void Dispose()
    {
        _writing.Dispose();
        _givenUp.Dispose();
    }

    /// <summary>A key that is taken, or a row that is another than it was when it was read.</summary>
    private static bool IsAnotherThanKnown(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DivisionByZero;

    private void CommitAtOnce(IReadOnlyList<JournalOperation> group)
    {
        for (var i = 0; i < group.Count; i++) _run.Apply(group[i]);
        using var batch = new PgBatch(_writing.Connection);
        _writing.AddFence(batch);
        _nodes.AddCheck(batch);
        _statements.Add(batch, _run, claim: true);
        GroupStatements.AddLedger(batch, _ledger, _writing.Slot);
        if (group.Count == 0) Probe(batch);
        _nodes.Noticed(group);
        _nodes.AddEnd(batch);
        _nodes.Run(batch);
        Committed();
    }

    private void CommitAsking(IReadOnlyList<JournalOperation> group)
    {
        using (var begin = new PgBatch(_writing.Connection))
        {
            begin.Add("BEGIN");
            _writing.AddFence(begin);
            _nodes.AddCheck(begin);
            _nodes.Run(begin);
        }

        _questions.Apply(group);
        using var batch = new PgBatch(_writing.Connection);
        GroupStatements.AddLedger(batch, _ledger, _writing.Slot);
        _nodes.Noticed(group);
        _nodes.AddEnd(batch);
        batch.Add("COMMIT");
        _nodes.Run(batch);
        Committed();
    }

    private void Committed()
    {
        _run.Written();
        _ledger.Clear();
        _arena.Reset();
    }

    /// <summary>
    /// Learns what a durable commit has brought this node, for as long as it takes: nothing that was accepted may go on
    /// before what was handed over earlier is here.
    /// </summary>
    /// <param name="isKnown">The commit's answer was read; otherwise only that it is durable is known.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private void Arrive(bool isKnown, CancellationToken cancellationToken)
    {
        for (var pause = _options.ReconnectFirst; ; pause = pause * 2 > _options.ReconnectMost ? _options.ReconnectMost : pause * 2)
        {
            try
            {
                if (!_writing.IsOpen) _writing.Reconnect();
                if (!isKnown) _nodes.CatchUp();
                _nodes.Done(_run);
                return;
            }
            catch (Exception exception) when (PostgreSqlFailure.IsLost(exception) && !cancellationToken.IsCancellationRequested)
            {
                _writing.Drop();
                if (WaitHandle.WaitAny([cancellationToken.WaitHandle, _givenUp], pause) != WaitHandle.WaitTimeout) return;
            }
        }
    }

    private void Forget()
    {
        _run.Forget();
        _ledger.Clear();
        _arena.Reset();
    }

    /// <summary>An empty group asks whether the journal can be written: a commit that takes room, and gives it back.</summary>
    private static void Probe(PgBatch batch)
    {
        batch.Add("INSERT INTO bodies(message, place, body) VALUES(-1, 0, convert_to(repeat('0', 65536), 'UTF8'))");
        batch.Add("DELETE FROM bodies WHERE message = -1");
    }

    private void Connect()
    {
        try
        {
            _writing.Reconnect();
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            throw PostgreSqlFailure.From(_place, exception);
        }
    }

    private void Rollback()
    {
        if (!_writing.IsOpen) return;
        try
        {
            _writing.Execute("ROLLBACK");
        }
        catch (Exception exception) when (PostgreSqlFailure.IsLost(exception))
        {
            _writing.Drop();
        }
    }

    /// <summary>The connection was lost in the middle of a commit: connects until the database says what became of it.</summary>
    private bool IsDurable(Exception lost, CancellationToken cancellationToken)
    {
        var token = _writing.Token;
        var told = false;
        _writing.Drop();
        for (var pause = _options.ReconnectFirst; ; pause = pause * 2 > _options.ReconnectMost ? _options.ReconnectMost : pause * 2)
        {
            try
            {
                return _writing.Reconnect() == token;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
            {
                if (!told) Doubted?.Invoke(PostgreSqlFailure.From(_place, exception));
                told = true;
                if (WaitHandle.WaitAny([cancellationToken.WaitHandle, _givenUp], pause) != WaitHandle.WaitTimeout) throw PostgreSqlFailure.From(_place, lost);
            }
        }
    }
}
