namespace Hub.Core.Delivery;

/// <summary>
/// Lets work through the gates of all systems, in turn, so that a system with much to do does not keep another waiting. All
/// state of deliveries, lanes and gates is changed under this one lock, held for moments; the work itself runs outside it,
/// on a few pumps of the thread pool that each take the next piece until there is none.
/// </summary>
internal sealed class Dispatcher : IThreadPoolWorkItem, IDisposable
{
    /// <summary>Cancellations that wait for use.</summary>
    private const int MostKept = 1024;

    private readonly Queue<Gate> _ring = new();
    private readonly List<CancellationTokenSource> _overdue = [];
    private readonly List<TaskCompletionSource> _quiet = [];
    private readonly Stack<CancellationTokenSource> _cancellations = new();
    private readonly int _maxPumps;
    private int _pumps;
    private bool _open;
    private bool _cancelled;

    /// <param name="clock">Time.</param>
    /// <param name="pumps">Threads of the pool that start work at the same time; 0 for one a processor and one more.</param>
    public Dispatcher(TimeProvider clock, int pumps = 0)
    {
        _maxPumps = pumps > 0 ? pumps : Environment.ProcessorCount + 1;
        Timers = new TimerQueue(clock, TimersElapsed);
    }

    /// <summary>Guards all that the dispatcher and its gates know.</summary>
    public Lock Sync { get; } = new();

    public TimerQueue Timers { get; }

    /// <summary>Reads bodies back before the work that needs them is taken; under the lock.</summary>
    public Action<Gate>? LoadBodies { get; set; }

    /// <summary>Work outside the gates that will bring new work: commits and body reads under way.</summary>
    public int Pending { get; set; }

    /// <summary>What the gates run now.</summary>
    public int Running { get; private set; }

    /// <summary>Nothing is let through from this time on, in monotonic time: until when this node may count on its lanes being its own. Never over where there is only one node.</summary>
    public TimeSpan LeaseUntil { get; private set; } = TimeSpan.MaxValue;

    public bool IsQuiet => Running == 0 && Pending == 0 && _pumps == 0 && (_ring.Count == 0 || !_open);

    /// <summary>Begins, or goes on, to let work through.</summary>
    public void Open()
    {
        lock (Sync)
        {
            _open = true;
            Wake();
        }
    }

    /// <summary>Lets nothing more through; what runs goes on.</summary>
    public void Close()
    {
        lock (Sync)
        {
            _open = false;
            SignalQuiet();
        }
    }

    /// <summary>Lets work through until a time.</summary>
    public void Lease(TimeSpan until)
    {
        lock (Sync)
        {
            LeaseUntil = until;
            Wake();
        }
    }

    /// <summary>Adds work to a gate; under the lock.</summary>
    public void Add(Gate gate, GateWork work)
    {
        gate.Add(work);
        Ready(gate);
    }

    /// <summary>Lets work through at once when nothing is before it, or adds it; under the lock.</summary>
    public void AddOrEnter(Gate gate, GateWork work)
    {
        gate.Add(work);
        if (_open && gate.Waiting == 1 && Timers.Now is var now && now < LeaseUntil && gate.TryTake(now) is { } first)
        {
            Running++;
            first.Entered();
            first.Start();
        }
        else Ready(gate);
    }

    /// <summary>A gate may have something that can start; under the lock.</summary>
    public void Ready(Gate gate)
    {
        if (gate.InRing || gate.Waiting == 0) return;
        gate.InRing = true;
        _ring.Enqueue(gate);
        Wake();
    }

    /// <summary>Counts work that was begun without waiting for the gate; under the lock.</summary>
    public void Enter(Gate gate, GateWork work)
    {
        Running++;
        gate.Enter(work, Timers.Now);
    }

    /// <summary>Work has ended; under the lock.</summary>
    public void Leave(GateWork work)
    {
        var gate = work.Gate!;
        Running--;
        gate.Leave(work);
        Ready(gate);
        SignalQuiet();
    }

    /// <summary>Work has taken longer than its gate allows; under the lock. It is cancelled after it.</summary>
    public void Overdue(GateWork work) => _overdue.Add(work.Cancellation!);

    /// <summary>A cancellation that nobody else has; under the lock.</summary>
    public CancellationTokenSource TakeCancellation() => _cancellations.TryPop(out var cancellation) ? cancellation : new CancellationTokenSource();

    /// <summary>Keeps the cancellation of work that has ended for other work, when nobody can be about to cancel it; under the lock.</summary>
    public void GiveBack(GateWork work)
    {
        if (work.TimedOut || work.SharesCancellation || _cancelled || _cancellations.Count >= MostKept || !work.Cancellation!.TryReset()) return;
        _cancellations.Push(work.Cancellation);
        work.Cancellation = null;
    }

    /// <summary>Completes when nothing runs and nothing could: everything that is left waits for a time or for somebody.</summary>
    public Task WhenQuietAsync()
    {
        lock (Sync)
        {
            if (IsQuiet) return Task.CompletedTask;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _quiet.Add(waiter);
            return waiter.Task;
        }
    }

    /// <summary>Tells those who wait for quiet when it has come; under the lock.</summary>
    public void SignalQuiet()
    {
        if (_quiet.Count == 0 || !IsQuiet) return;
        foreach (var waiter in _quiet) waiter.TrySetResult();
        _quiet.Clear();
    }

    /// <summary>Cancels all that the gates run.</summary>
    public void CancelRunning(IEnumerable<Gate> gates)
    {
        var running = new List<CancellationTokenSource>();
        lock (Sync)
        {
            _cancelled = true;
            foreach (var gate in gates)
            {
                for (var work = gate.OldestRunning; work is not null; work = work.LaterRunning) running.Add(work.Cancellation!);
            }
        }

        foreach (var cancellation in running) cancellation.Cancel();
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            GateWork? work;
            lock (Sync)
            {
                work = Take();
                if (work is null)
                {
                    _pumps--;
                    SignalQuiet();
                    return;
                }

                Running++;
                work.Entered();
                Wake();
            }

            work.Start();
        }
    }

    public void Dispose() => Timers.Dispose();

    private GateWork? Take()
    {
        if (!_open || _ring.Count == 0) return null;
        var now = Timers.Now;
        if (now >= LeaseUntil) return null;
        while (_ring.TryDequeue(out var gate))
        {
            gate.InRing = false;
            LoadBodies?.Invoke(gate);
            if (gate.TryTake(now) is not { } work) continue;
            if (gate.Waiting > 0)
            {
                gate.InRing = true;
                _ring.Enqueue(gate);
            }

            return work;
        }

        return null;
    }

    private void Wake()
    {
        if (!_open || _ring.Count == 0 || _pumps >= _maxPumps) return;
        _pumps++;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void TimersElapsed()
    {
        List<CancellationTokenSource>? overdue = null;
        lock (Sync)
        {
            Timers.Elapsed();
            if (_overdue.Count > 0)
            {
                overdue = [.. _overdue];
                _overdue.Clear();
            }

            SignalQuiet();
        }

        if (overdue is null) return;
        // Cancelling runs the connector's own callbacks: never under the lock.
        foreach (var cancellation in overdue) cancellation.Cancel();
    }
}
