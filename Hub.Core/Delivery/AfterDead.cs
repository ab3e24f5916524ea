namespace Hub.Core.Delivery;

/// <summary>What a lane does after one of its deliveries became a dead letter.</summary>
public enum AfterDead
{
    /// <summary>The next message of the key goes on.</summary>
    Continue,

    /// <summary>The messages behind wait until the dead letter was replayed with success or purged.</summary>
    Hold,
}
