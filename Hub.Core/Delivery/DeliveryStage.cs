namespace Hub.Core.Delivery;

/// <summary>What an active delivery waits for.</summary>
internal enum DeliveryStage : byte
{
    /// <summary>Its message's turn.</summary>
    Waiting,

    /// <summary>Its due time.</summary>
    Delayed,

    /// <summary>Its system's limits.</summary>
    Ready,

    /// <summary>Its body, which is read back from the journal.</summary>
    Loading,

    /// <summary>Its system's limits; the body that was read back is kept until it starts.</summary>
    Loaded,

    /// <summary>The target's answer.</summary>
    Running,

    Settled,

    Dead,
}
