namespace Hub.Core.Journal;

/// <summary>
/// What waits for the committing thread, in order. A group may go when somebody awaits one of its entries, when posted
/// ones have waited long enough or make a full group, or when the journal closes; not while the store is given a rest.
/// </summary>
internal sealed class JournalQueue : IDisposable
{
    private readonly object _gate = new();
    private readonly JournalOptions _options;
    private readonly ITimer _postedTimer;
    private readonly ITimer _restTimer;
    private Queue<JournalEntry> _entries = new();
    private int _awaited;
    private bool _postedArmed;
    private bool _postedDue;
    private bool _resting;
    private bool _probe;
    private bool _closing;
    private JournalException? _refusing;

    internal JournalQueue(TimeProvider clock, JournalOptions options)
    {
        _options = options;
        _postedTimer = clock.CreateTimer(_ => PostedDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _restTimer = clock.CreateTimer(_ => Rested(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    internal void Add(in JournalEntry entry)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(Journal));
            if (_refusing is not null && !entry.Kept) throw new JournalException(_refusing.Finding, _refusing);
            _entries.Enqueue(entry);
            if (entry.Ticket is not null)
            {
                if (_awaited++ == 0) Monitor.Pulse(_gate);
            }
            else if (_entries.Count >= _options.GroupOperations) Monitor.Pulse(_gate);
            else if (!_postedArmed)
            {
                _postedArmed = true;
                _postedTimer.Change(_options.PostedDelay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Waits for the next group. An empty one asks whether the store can be written again.</summary>
    /// <returns>False when the journal is closed and nothing is left.</returns>
    internal bool Take(List<JournalEntry> group)
    {
        group.Clear();
        lock (_gate)
        {
            while (!Ready())
            {
                if (_closing && _entries.Count == 0) return false;
                Monitor.Wait(_gate);
            }

            _postedDue = false;
            _probe = false;
            var operations = 0;
            var bytes = 0L;
            while (operations < _options.GroupOperations && bytes < _options.GroupBytes && _entries.TryDequeue(out var entry))
            {
                group.Add(entry);
                if (entry.Ticket is not null) _awaited--;
                operations += entry.Batch?.Count ?? 1;
                bytes += entry.Size;
            }

            return true;
        }
    }

    /// <summary>Ends the rest of the store.</summary>
    internal void Resume() => Rested();

    /// <summary>Puts back what is tried again (nothing without <paramref name="keep"/>), in front of what came after it, and refuses what is awaited until the store has recovered.</summary>
    /// <returns>The tickets that nobody will complete any more.</returns>
    internal List<CommitTicket> Rest(IEnumerable<JournalEntry> group, JournalException failure, TimeSpan pause, bool keep = true)
    {
        var failed = new List<CommitTicket>();
        lock (_gate)
        {
            var kept = new Queue<JournalEntry>();
            _awaited = 0;
            foreach (var entry in group.Concat(_entries))
            {
                var isKept = entry.Kept && keep;
                if (isKept) kept.Enqueue(entry);
                else if (entry.Ticket is not null) failed.Add(entry.Ticket);
                if (isKept && entry.Ticket is not null) _awaited++;
            }

            _entries = kept;
            _refusing = failure;
            _resting = true;
            _restTimer.Change(pause, Timeout.InfiniteTimeSpan);
        }

        return failed;
    }

    /// <summary>Drops what is left.</summary>
    /// <returns>The tickets that nobody will complete any more.</returns>
    internal List<CommitTicket> GiveUp()
    {
        lock (_gate)
        {
            List<CommitTicket> left = [.. _entries.Where(e => e.Ticket is not null).Select(e => e.Ticket!)];
            _entries.Clear();
            _awaited = 0;
            return left;
        }
    }

    /// <summary>Refuses what is awaited until the store has recovered.</summary>
    internal void Refuse(JournalException failure)
    {
        lock (_gate) _refusing = failure;
    }

    internal void Recovered()
    {
        lock (_gate) _refusing = null;
    }

    /// <summary>Takes nothing more; what waits goes at once.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        _postedTimer.Dispose();
        _restTimer.Dispose();
    }

    private bool Ready()
    {
        if (_closing) return _entries.Count > 0;
        if (_resting) return false;
        return _probe || _awaited > 0 || (_entries.Count > 0 && (_postedDue || _entries.Count >= _options.GroupOperations));
    }

    private void PostedDue()
    {
        lock (_gate)
        {
            _postedArmed = false;
            _postedDue = _entries.Count > 0;
            if (_postedDue) Monitor.Pulse(_gate);
        }
    }

    private void Rested()
    {
        lock (_gate)
        {
            _resting = false;
            _probe = true;
            Monitor.Pulse(_gate);
        }
    }
}
