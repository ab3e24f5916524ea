namespace Hub.Core.Delivery;

/// <summary>Something a <see cref="Gate"/> lets through when its limits allow. Its links and marks belong to the dispatcher's lock.</summary>
internal abstract class GateWork
{
    /// <summary>Behind it in a <see cref="WorkList"/>.</summary>
    internal GateWork? NextInList { get; set; }

    /// <summary>Neighbours among what its gate runs now.</summary>
    internal GateWork? EarlierRunning { get; set; }

    internal GateWork? LaterRunning { get; set; }

    /// <summary>The gate that let it through.</summary>
    internal Gate? Gate { get; set; }

    /// <summary>It is the one probe of a half-open breaker.</summary>
    internal bool Probe { get; set; }

    /// <summary>When it has taken too long, in monotonic time.</summary>
    internal TimeSpan Deadline { get; set; }

    internal bool IsRunning { get; set; }

    internal bool TimedOut { get; set; }

    /// <summary>Of this run alone: a late time-out of one attempt must not reach the next.</summary>
    internal CancellationTokenSource? Cancellation { get; set; }

    /// <summary>Somebody besides its gate may cancel it: its cancellation is never used again.</summary>
    internal virtual bool SharesCancellation => false;

    /// <summary>Memory it needs before it can start was given back; the dispatcher has it read first.</summary>
    internal virtual bool NeedsBody => false;

    /// <summary>It is not to be done any more: a gate passes it over.</summary>
    internal virtual bool IsDropped => false;

    /// <summary>It does not wait for a breaker to close: something else waits for it.</summary>
    internal virtual bool IsImpatient => false;

    /// <summary>The breaker opened before its turn came, and it is not in the gate any more; under the lock.</summary>
    /// <param name="wait">Until the breaker lets the next probe through.</param>
    internal virtual void Dismissed(TimeSpan wait)
    {
    }

    /// <summary>The gate has let it through; under the lock.</summary>
    internal virtual void Entered()
    {
    }

    /// <summary>Does the work; called outside the lock, on a thread of the pool. Its end is reported to the dispatcher, exactly once.</summary>
    internal abstract void Start();
}
