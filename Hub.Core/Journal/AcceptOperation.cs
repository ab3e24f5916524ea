using Hub.Abstractions.Messages;
using Hub.Core.Nodes;
using Mappings.Xrefs;

namespace Hub.Core.Journal;

/// <summary>Accepts a message, together with its pipeline's outcome when that is already known.</summary>
public sealed class AcceptOperation(MessageRecord message, PipelineOutcome? outcome) : JournalOperation
{
    public MessageRecord Message { get; } = message;

    /// <summary>Null when the pipeline has yet to run: the message stays open without deliveries.</summary>
    public PipelineOutcome? Outcome { get; } = outcome;

    /// <summary>The message that this one maps again; null for one that comes from outside. The other waits for no entry of the identity map any more.</summary>
    public MessageId? Repairs { get; init; }

    /// <summary>It stays with the node that accepts it, whatever its key: its source gave it to that one, and other messages of its key to others.</summary>
    public bool StaysHere { get; init; }

    /// <summary>Result: where it belongs when it is open; only where several nodes share the journal.</summary>
    public LanePlace Place { get; set; }

    /// <summary>Result: nothing was accepted, because the lane has a newer message than <see cref="Repairs"/>.</summary>
    public bool IsSuperseded { get; set; }

    /// <summary>Result: the message this one repeats, or none when it was accepted. A duplicate is counted and recorded, and nothing else of it is kept.</summary>
    public MessageId DuplicateOf { get; set; }

    public override IReadOnlyList<XrefEntry> Xrefs => Outcome is { Created: var created } && DuplicateOf == MessageId.None ? created : [];

    public override int Size => 256 + Message.Body.Length + Message.Original.Length + (Outcome?.Size ?? 0);
}
