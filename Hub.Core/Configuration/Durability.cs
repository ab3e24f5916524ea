namespace Hub.Core.Configuration;

/// <summary>What keeps a message until it is delivered: <c>durability:</c> of a pipeline.</summary>
public enum Durability
{
    /// <summary>The journal: it has the message before its sender is told "accepted". The default.</summary>
    Journal,

    /// <summary>The queue it came from: it stays there, un-acknowledged, until its deliveries are confirmed. The journal gets what does not go well.</summary>
    Broker,
}
