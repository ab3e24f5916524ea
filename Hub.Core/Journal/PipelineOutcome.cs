using Hub.Core.Messaging;
using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Hub.Core.Journal;

/// <summary>What a pipeline made of a message: deliveries, or the step that filtered it, or why it is dead.</summary>
public sealed record PipelineOutcome
{
    /// <summary>
    /// <see cref="MessageState.Open"/> when there are deliveries, else <see cref="MessageState.Filtered"/>, <see cref="MessageState.Dead"/>,
    /// or <see cref="MessageState.Delivered"/> when it was handled in the hub itself.
    /// </summary>
    public required MessageState State { get; init; }

    public IReadOnlyList<StepOutcome> Steps { get; init; } = [];

    public IReadOnlyList<DeliveryRecord> Deliveries { get; init; } = [];

    /// <summary>Why it is dead; also warnings of a message that went on.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Entries of the identity map that the hub made for it.</summary>
    public IReadOnlyList<XrefEntry> Created { get; init; } = [];

    /// <summary>Entries it was mapped without: it is mapped again when one of them arrives.</summary>
    public IReadOnlyList<XrefKey> Wanted { get; init; } = [];

    /// <summary>What a handler did, to be committed in the same unit; null for pipelines without one.</summary>
    internal HandlerEffects? Effects { get; init; }

    /// <summary>It has to do with the identity map.</summary>
    public bool TouchesXrefs => Created.Count > 0 || Wanted.Count > 0;

    /// <summary>Nothing but deliveries to be made at once: no entry of the identity map, nothing that waits for a time.</summary>
    internal bool IsPlain
    {
        get
        {
            if (State != MessageState.Open || TouchesXrefs) return false;
            for (var i = 0; i < Deliveries.Count; i++)
            {
                if (Deliveries[i].Identity is not null || Deliveries[i].NotBefore is not null) return false;
            }

            return true;
        }
    }

    /// <summary>Content hash of the configuration the pipeline ran under.</summary>
    public required string Revision { get; init; }

    /// <summary>Rough size in bytes, for bounding a group.</summary>
    internal int Size
    {
        get
        {
            var size = 64 * Findings.Count;
            for (var i = 0; i < Deliveries.Count; i++) size += 64 + (Deliveries[i].Body?.Length ?? 0);
            return size;
        }
    }
}
