namespace Hub.Core.Journal;

/// <summary>
/// Moves the ledger's counters for messages that were never rows: those of a pipeline with <c>durability: broker</c> that
/// went well. Only whole messages are counted, so that received = delivered + filtered in each operation.
/// </summary>
/// <param name="pipeline">The pipeline's name.</param>
/// <param name="delivered">Messages whose deliveries were all confirmed.</param>
/// <param name="filtered">Messages that a step ended on purpose.</param>
public sealed class CountOperation(string pipeline, long delivered, long filtered) : JournalOperation
{
    public string Pipeline { get; } = pipeline;

    public long Received => Delivered + Filtered;

    public long Delivered { get; } = delivered;

    public long Filtered { get; } = filtered;
}
