namespace Hub.Core.Journal;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState : byte
{
    /// <summary>To be attempted, now or at its due time.</summary>
    Pending = 0,

    /// <summary>The target confirmed it.</summary>
    Delivered = 1,

    /// <summary>Given up; see its attempts.</summary>
    Dead = 2,
}
