namespace Hub.Core.Journal;

/// <summary>Why a message was not opened again.</summary>
public enum ReplayRefusal : byte
{
    /// <summary>The journal does not hold it.</summary>
    Unknown = 0,

    /// <summary>It is open, delivered or filtered.</summary>
    NotDead = 1,

    /// <summary>Its own body cannot be changed any more: one of its deliveries has reached its target.</summary>
    Delivered = 2,

    /// <summary>It has no such delivery, or the delivery is not dead.</summary>
    NoDeadDelivery = 3,

    /// <summary>Its body is kept apart from the journal (claim check).</summary>
    Claimed = 4,
}
