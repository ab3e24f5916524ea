using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Mappings.Xrefs;

namespace Hub.Core.Delivery;

/// <summary>One delivery of an active message: as gate work it is an attempt, as timed item the next attempt. Under the dispatcher's lock.</summary>
internal sealed class ActiveDelivery(MessageFlow flow, ActiveMessage message, int index, DeliveryRecord record) : GateWork, ITimed
{
    private readonly bool _ownBody = record.Body is not null;

    public ActiveMessage Message { get; } = message;

    public DeliveryId Id => new(Message.Id, index);

    /// <summary>The same for every attempt, also after a crash; another one after an edit.</summary>
    public string IdempotencyKey => Delivery.IdempotencyKey.Of(Id, Message.DeliveryKey, Message.Edit, record.Edit);

    public EndpointName Destination { get; } = record.Destination;

    /// <summary>The entry of the identity map that arises when it is settled.</summary>
    public XrefEntry? Identity { get; } = record.Identity;

    public DeliveryStage Stage { get; set; }

    /// <summary>Failed attempts over its whole life.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempts made before its last replay: the retry policy starts anew after it.</summary>
    public int AttemptsBefore { get; set; }

    /// <summary>Not before this time; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; set; } = record.NotBefore;

    public ReadOnlyMemory<byte> OwnBody { get; set; } = record.Body ?? default;

    public int OwnLength { get; } = record.Body?.Length ?? 0;

    public bool OwnBodyEvicted { get; set; }

    /// <summary>The connection of the attempt that runs.</summary>
    public Target? Target { get; set; }

    /// <summary>The gate that counts it among its delayed ones.</summary>
    public Gate? DelayedAt { get; set; }

    public long StartedAt { get; set; }

    /// <summary>What is sent.</summary>
    public ReadOnlyMemory<byte> Body => _ownBody ? OwnBody : Message.Body;

    public bool UsesMessageBody => !_ownBody;

    internal override bool IsDropped => Message.IsDropped || (Message.IsLeaving && !IsRunning);

    internal override bool NeedsBody => _ownBody ? OwnBodyEvicted : Message.BodyEvicted;

    internal override void Entered() => flow.Attempts.Entered(this);

    internal override void Start() => flow.Attempts.Start(this);

    void ITimed.Due(TimeSpan now) => flow.Due(this);
}
