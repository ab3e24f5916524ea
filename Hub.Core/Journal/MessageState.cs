namespace Hub.Core.Journal;

/// <summary>Where a message stands. Every message leaves <see cref="Open"/> for exactly one of the others; replay opens it again.</summary>
public enum MessageState : byte
{
    /// <summary>Accepted; its pipeline or one of its deliveries is not finished.</summary>
    Open = 0,

    /// <summary>All of its deliveries reached their targets.</summary>
    Delivered = 1,

    /// <summary>A step ended it on purpose; the step outcome names which.</summary>
    Filtered = 2,

    /// <summary>Its pipeline or at least one delivery gave up, and no delivery is still pending; the reasons are kept.</summary>
    Dead = 3,
}
