namespace Connectors.RabbitMq;

/// <summary>What became of a message on its way to the broker.</summary>
internal enum PublishOutcome
{
    /// <summary>Nothing is known yet.</summary>
    Open,

    /// <summary>The broker holds it.</summary>
    Confirmed,

    /// <summary>The broker does not hold it (a full queue, a queue whose leader is away).</summary>
    Refused,

    /// <summary>No queue is bound for it.</summary>
    Unroutable,

    /// <summary>The channel went before the broker said anything.</summary>
    Lost,
}
