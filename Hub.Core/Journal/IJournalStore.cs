using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>
/// The seam to disk. A store keeps messages, deliveries, attempts, dedupe keys and ledger counters, and promises what
/// the journal conformance suite in Tests asks of it: commits are durable when they return, all or nothing, in order;
/// dedupe keys are unique per pipeline; counters move in the same transaction as the rows they count.
/// <see cref="CommitAsync"/> is called by one caller at a time; the reading members may be called beside it.
/// </summary>
public interface IJournalStore : IXrefStore, IStateStore, IDeadLetterStore, IAsyncDisposable
{
    /// <summary>
    /// Opens the store, creating or migrating its schema. Refuses with a <see cref="JournalException"/> when the file is
    /// corrupt (JRN801), in use by another hub (JRN802), or written by a newer hub (JRN803); it never overwrites.
    /// </summary>
    /// <returns>The highest message id the store has seen.</returns>
    Task<MessageId> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Applies the operations in their order in one durable transaction, or throws a <see cref="JournalException"/> and has
    /// applied none: JRN810 when the disk is full, JRN801 when the file is found damaged, JRN812 when it is locked, and
    /// <see cref="JournalException.IsRefusal"/> when an operation itself cannot be applied. An empty group proves that the
    /// store can be written. Settling, giving up, rescheduling or completing what is closed or unknown changes nothing.
    /// </summary>
    ValueTask CommitAsync(IReadOnlyList<JournalOperation> group, CancellationToken cancellationToken);

    /// <summary>Open messages in the order of acceptance, with what is needed to go on: read after a start, before anything new is accepted.</summary>
    /// <param name="after">Only messages after this one.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<OpenMessage>> LeaseAsync(MessageId after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The pending ones of these deliveries, which were put out of memory while they waited, in the order asked for. Their
    /// bodies are filled in, also where they are the message's own.
    /// </summary>
    ValueTask<IReadOnlyList<PendingDelivery>> ReadDeliveriesAsync(IReadOnlyList<DeliveryId> deliveries, CancellationToken cancellationToken);

    /// <summary>Lanes in which a delivery is dead: for systems that hold a lane after a dead letter. A message without a key has no lane.</summary>
    ValueTask<IReadOnlyList<DeadLane>> ReadDeadLanesAsync(CancellationToken cancellationToken);

    /// <summary>One message with all that is known of it, or null.</summary>
    ValueTask<MessageView?> FindAsync(MessageId id, CancellationToken cancellationToken);

    /// <summary>Messages, newest first.</summary>
    ValueTask<IReadOnlyList<MessageSummary>> QueryAsync(MessageQuery query, CancellationToken cancellationToken);

    /// <summary>The ledger per pipeline. In flight is counted from the rows, not from the counters, so that unaccounted proves something.</summary>
    ValueTask<IReadOnlyList<LedgerRow>> ReadLedgerAsync(CancellationToken cancellationToken);
}
