namespace Hub.Abstractions.Connectors;

/// <summary>What the endpoints of a connector can do; a pipeline that asks for more is refused by validation.</summary>
[Flags]
public enum ConnectorAbilities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Takes messages in by itself (polls, subscribes).</summary>
    Receive = 1,

    /// <summary>Takes messages in through the hub's own HTTP ingress.</summary>
    ReceiveHttp = 2,

    /// <summary>Sends messages out.</summary>
    Send = 4,

    /// <summary>Answers questions, for <c>enrich</c>.</summary>
    Request = 8,
}
