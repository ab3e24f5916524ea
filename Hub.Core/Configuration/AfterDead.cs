namespace Hub.Core.Configuration;

/// <summary>What a lane does after one of its messages became a dead letter.</summary>
public enum AfterDead
{
    /// <summary>The next message of the key is delivered.</summary>
    Continue,

    /// <summary>The messages of the key wait until the dead letter is replayed or discarded.</summary>
    Hold,
}
