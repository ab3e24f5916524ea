using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Core.Pipelines;

namespace Hub.Core.Delivery;

/// <summary>
/// A message the hub is working on, from its place in the lane to its last delivery. As gate work it is a run of its
/// pipeline; as timed item the next run. Under the dispatcher's lock, but for what never changes.
/// </summary>
internal sealed class ActiveMessage : GateWork, ITimed
{
    private readonly MessageFlow _flow;
    private bool _isDropped;

    public ActiveMessage(MessageFlow flow, MessageRecord record, PipelineDefinition? pipeline)
    {
        _flow = flow;
        Id = record.Id;
        PipelineName = record.Pipeline;
        Key = record.Key;
        Attributes = record.Attributes;
        ReceivedAt = record.ReceivedAt;
        WaitsFrom = record.ReceivedAt;
        Pipeline = pipeline;
        Body = record.Body;
        BodyLength = record.Body.Length;
        DeliveryKey = record.Attributes.DeliveryKey;
        Edit = record.Edit;
    }

    public MessageId Id { get; }

    public string PipelineName { get; }

    public string Key { get; }

    public MessageAttributes Attributes { get; }

    public DateTimeOffset ReceivedAt { get; }

    /// <summary>What the idempotency keys of its deliveries begin with; null for its id.</summary>
    public string? DeliveryKey { get; init; }

    /// <summary>The number of the edit that gave it its body; 0 for the body that was accepted.</summary>
    public int Edit { get; }

    /// <summary>While only its source keeps it; null once the journal was given it, and for all that began there.</summary>
    public UnackedMessage? Unacked { get; set; }

    /// <summary>The journal has it, so that its bodies may be given back.</summary>
    public bool InJournal { get; set; } = true;

    /// <summary>When its patience for entries of the identity map began: its acceptance, or its last replay.</summary>
    public DateTimeOffset WaitsFrom { get; init; }

    /// <summary>Why the last run could not go on, until the message waits among the held ones.</summary>
    public HeldException? Held { get; set; }

    /// <summary>The version it began with; null when the configuration it was recovered under has no such pipeline.</summary>
    public PipelineDefinition? Pipeline { get; }

    public MessageStage Stage { get; set; }

    /// <summary>Its lane group on this node; -1 while it is in none.</summary>
    public int Group { get; set; } = -1;

    /// <summary>The number of its commit; the highest while it has none, 0 for all where there is only one node.</summary>
    public long Commit { get; set; }

    public ActiveMessage? BeforeInGroup { get; set; }

    public ActiveMessage? BehindInGroup { get; set; }

    /// <summary>Its group is given up: it goes as soon as nothing of it runs.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Another node works on it: what still runs of it here ends without being told.</summary>
    internal override bool IsDropped => _isDropped;

    /// <summary>Its pipeline or an attempt of a delivery runs.</summary>
    public bool IsBusy
    {
        get
        {
            if (IsRunning) return true;
            foreach (var delivery in Deliveries ?? [])
            {
                if (delivery.IsRunning) return true;
            }

            return false;
        }
    }

    public Lane? Lane { get; set; }

    public ActiveMessage? BeforeInLane { get; set; }

    public ActiveMessage? BehindInLane { get; set; }

    /// <summary>The message's own body, while the pipeline or a delivery has need of it and memory allows.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    public int BodyLength { get; }

    /// <summary>The body was given back and stands in the journal only.</summary>
    public bool BodyEvicted { get; set; }

    /// <summary>Null until the pipeline's outcome is known and durable.</summary>
    public ActiveDelivery[]? Deliveries { get; set; }

    /// <summary>Deliveries that are neither settled nor dead.</summary>
    public int Remaining { get; set; }

    /// <summary>Failed runs of the pipeline since the message was accepted, replayed or recovered.</summary>
    public int FailedRuns { get; set; }

    /// <summary>The pipeline runs, or waits for its next run.</summary>
    public bool PipelineBusy { get; set; }

    /// <summary>What the pipeline made of it, while the journal could not yet be told.</summary>
    public PipelineOutcome? Unwritten { get; set; }

    /// <summary>Bytes it holds of the memory for bodies.</summary>
    public long HeldBytes { get; set; }

    /// <summary>See <see cref="IsDropped"/>.</summary>
    public void Drop() => _isDropped = true;

    internal override void Start() => _flow.Pipelines.Run(this);

    void ITimed.Due(TimeSpan now) => _flow.Pipelines.Enqueue(this);
}
