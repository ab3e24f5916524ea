namespace Hub.Core.Delivery;

/// <summary>What an active message waits for.</summary>
internal enum MessageStage : byte
{
    /// <summary>Its place in the lane is taken, the journal has yet to confirm it.</summary>
    Committing,

    /// <summary>Its lane's turn.</summary>
    Waiting,

    /// <summary>Its turn has come; its pipeline has yet to run or runs.</summary>
    Running,

    /// <summary>Its deliveries.</summary>
    Delivering,

    /// <summary>Nothing: all deliveries are settled or dead.</summary>
    Done,
}
