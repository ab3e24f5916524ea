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

    /// <summary>What it receives stays at its source, un-acknowledged, until the hub has answered, and is handed out again when the hub dies: <c>durability: broker</c> may rely on it.</summary>
    HoldsUnacked = 16,
}
