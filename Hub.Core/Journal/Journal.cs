using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Hub.Core.Journal;

/// <summary>
/// Group commit over a store. Whatever waits is committed as one transaction while the next group gathers; nobody
/// lingers for company. One thread commits; continuations of callers run on the thread pool. When the store cannot be
/// written, awaited operations fail with the store's <see cref="JournalException"/>, and so do new ones until it has
/// recovered; posted ones are kept in their order and tried again until they are durable.
/// </summary>
public sealed class Journal : IAsyncDisposable
{
    private readonly IJournalStore _store;
    private readonly TimeProvider _clock;
    private readonly JournalOptions _options;
    private readonly JournalQueue _queue;
    private readonly JournalMetrics _metrics;
    private readonly List<JournalOperation> _operations = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile JournalHealth _health;
    private TimeSpan _pause;
    private int _disposed;

    private Journal(IJournalStore store, TimeProvider clock, JournalOptions options, MessageIdSource ids)
    {
        _store = store;
        _clock = clock;
        _options = options;
        Ids = ids;
        _queue = new JournalQueue(clock, options);
        _metrics = new JournalMetrics(() => _queue.Count);
        _health = new JournalHealth(true, null, clock.GetUtcNow());
        _pause = options.RetryFirst;
        if (store is ICommitDoubt doubt) doubt.Doubted += Doubt;
        new Thread(Run) { IsBackground = true, Name = "journal commit" }.Start();
    }

    /// <summary>Raised on the committing thread, which waits for the handlers, when <see cref="Health"/> has changed.</summary>
    public event Action<JournalHealth>? HealthChanged;

    /// <summary>A posted operation that the store refused, and why: a defect of whoever posted it. Raised on the committing thread.</summary>
    public event Action<JournalOperation, Finding>? Refused;

    /// <summary>Entries of the identity map are durable. Raised on the committing thread.</summary>
    public event Action<IReadOnlyList<XrefEntry>>? XrefsRecorded;

    /// <summary>The reading side; nothing else may be committed to it.</summary>
    public IJournalStore Store => _store;

    /// <summary>Gives the ids of messages to be accepted.</summary>
    public MessageIdSource Ids { get; }

    /// <summary>Whether the journal can be written now.</summary>
    public JournalHealth Health => _health;

    internal long Commits => _metrics.Commits;

    internal long Operations => _metrics.Operations;

    /// <summary>Opens the store and starts to commit. The journal owns the store from here on.</summary>
    public static async Task<Journal> OpenAsync(IJournalStore store, TimeProvider clock, JournalOptions options, CancellationToken cancellationToken)
    {
        var highest = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        return new Journal(store, clock, options, new MessageIdSource(clock, highest));
    }

    /// <summary>Commits an operation.</summary>
    /// <returns>Completes when it is durable and its results are filled in; to be awaited once.</returns>
    public ValueTask CommitAsync(JournalOperation operation)
    {
        var ticket = CommitTicket.Take();
        return Add(JournalEntry.Of(operation, ticket, kept: false), ticket);
    }

    /// <summary>Commits operations in their order as one unit: either all of them are durable or none. An empty list completes at once.</summary>
    /// <returns>Completes when they are durable and their results are filled in; to be awaited once.</returns>
    public ValueTask CommitAsync(IReadOnlyList<JournalOperation> operations)
    {
        if (operations.Count == 0) return ValueTask.CompletedTask;
        var ticket = CommitTicket.Take();
        return Add(JournalEntry.Of(operations, ticket, kept: false), ticket);
    }

    /// <summary>Commits operations in their order as one unit, however long the store is unavailable: in front of all that is given later.</summary>
    /// <returns>Completes when they are durable; to be awaited once.</returns>
    public ValueTask CommitKeptAsync(IReadOnlyList<JournalOperation> operations)
    {
        var ticket = CommitTicket.Take();
        return Add(JournalEntry.Of(operations, ticket, kept: true), ticket);
    }

    /// <summary>Has an operation committed with the next group, at the latest after <see cref="JournalOptions.PostedDelay"/>. Survives failures of the store, not of the process.</summary>
    public void Post(JournalOperation operation) => _queue.Add(JournalEntry.Of(operation, null, kept: true));

    /// <summary>Completes when all that was posted before is durable, however long the store is unavailable.</summary>
    public ValueTask FlushAsync()
    {
        var ticket = CommitTicket.Take();
        return Add(JournalEntry.Flush(ticket), ticket);
    }

    /// <summary>Drops all that waits; whoever awaits it is told why.</summary>
    internal void Abandon(JournalException reason)
    {
        foreach (var ticket in _queue.GiveUp()) ticket.Fail(reason);
    }

    /// <summary>The store may be written again: it is tried at once.</summary>
    internal void Resume() => _queue.Resume();

    /// <summary>Commits what waits and closes the store. When the store cannot be written, posted operations are given up: a restart does again what they would have settled.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _queue.Close();
            (_store as ICommitDoubt)?.GiveUp();
            await _ended.Task.ConfigureAwait(false);
            _queue.Dispose();
            _metrics.Dispose();
            await _store.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ValueTask Add(in JournalEntry entry, CommitTicket ticket)
    {
        try
        {
            _queue.Add(entry);
        }
        catch (Exception exception)
        {
            ticket.Fail(exception);
        }

        return ticket.Task;
    }

    private void Run()
    {
        var group = new List<JournalEntry>();
        while (_queue.Take(group))
        {
            var failure = TryCommit(group);
            if (failure is null || Volatile.Read(ref _disposed) == 0) continue;
            foreach (var ticket in _queue.GiveUp()) ticket.Fail(failure);
        }

        _ended.SetResult();
    }

    /// <returns>Why the store cannot be written, or null.</returns>
    private JournalException? TryCommit(List<JournalEntry> group)
    {
        var failure = Commit(group, 0, group.Count);
        if (failure is null) return Done(group, 0, group.Count);
        if (!failure.IsRefusal || group.Count == 0) return Fail(group, 0, failure);

        // One of them is at fault: each is committed alone, and only the faulty one fails.
        for (var i = 0; i < group.Count; i++)
        {
            failure = Commit(group, i, 1);
            if (failure is null) Done(group, i, 1);
            else if (failure.IsRefusal) Refuse(group[i], failure);
            else return Fail(group, i, failure);
        }

        // Nothing but refusals says nothing about the disk: the next try will.
        return _health.Available ? null : Fail(group, group.Count, failure!);
    }

    private JournalException? Commit(List<JournalEntry> group, int from, int count)
    {
        _operations.Clear();
        for (var i = from; i < from + count; i++) group[i].AddTo(_operations);
        if (_operations.Count == 0 && _health.Available) return null;
        try
        {
            var commit = _store.CommitAsync(_operations, CancellationToken.None);
            if (!commit.IsCompletedSuccessfully) commit.AsTask().GetAwaiter().GetResult();
        }
        catch (JournalException exception)
        {
            return exception;
        }
        catch (Exception exception)
        {
            return JournalException.Refused(SourcePosition.None, exception.Message, exception);
        }

        if (_operations.Count > 0) _metrics.Committed(_operations.Count);
        return null;
    }

    private JournalException? Done(List<JournalEntry> group, int from, int count)
    {
        if (!_health.Available)
        {
            _pause = _options.RetryFirst;
            _queue.Recovered();
            Change(new JournalHealth(true, null, _clock.GetUtcNow()));
        }

        // What is told here is in the operations of the last commit: exactly these entries.
        if (XrefsRecorded is { } recorded)
        {
            foreach (var operation in _operations)
            {
                if (operation.Xrefs is { Count: > 0 } xrefs) recorded(xrefs);
            }
        }

        for (var i = from; i < from + count; i++) group[i].Ticket?.Complete();
        return null;
    }

    private JournalException Fail(List<JournalEntry> group, int from, JournalException failure)
    {
        _metrics.Failed();
        var pause = _pause;
        _pause = pause * 2 > _options.RetryMost ? _options.RetryMost : pause * 2;
        var failed = _queue.Rest(group.Skip(from), failure, pause, keep: !failure.IsFenced);
        if (_health.Available || _health.Finding?.ToString() != failure.Finding.ToString())
            Change(new JournalHealth(false, failure.Finding, _health.Available ? _clock.GetUtcNow() : _health.Since));
        foreach (var ticket in failed) ticket.Fail(failure);
        return failure;
    }

    /// <summary>The store waits to learn what became of a commit: until it has, nothing new is taken.</summary>
    private void Doubt(JournalException failure)
    {
        _queue.Refuse(failure);
        if (_health.Available) Change(new JournalHealth(false, failure.Finding, _clock.GetUtcNow()));
    }

    private void Refuse(JournalEntry entry, JournalException failure)
    {
        _metrics.Refused();
        if (entry.Ticket is not null) entry.Ticket.Fail(failure);
        else if (entry.Single is not null) Refused?.Invoke(entry.Single, failure.Finding);
    }

    private void Change(JournalHealth health)
    {
        _health = health;
        HealthChanged?.Invoke(health);
    }
}
