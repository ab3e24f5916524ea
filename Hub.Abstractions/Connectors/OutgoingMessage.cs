using Hub.Abstractions.Messages;

namespace Hub.Abstractions.Connectors;

/// <summary>One attempt to deliver.</summary>
public sealed record OutgoingMessage
{
    /// <summary>The journal message it belongs to.</summary>
    public required MessageId Id { get; init; }

    /// <summary>The same for every attempt of this delivery, also after a crash: <c>MESSAGE-INDEX</c>. Goes with the message, so that an idempotent target sees it once.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The pipeline that sends it.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The lane's key; empty when the pipeline declares none.</summary>
    public required string Key { get; init; }

    /// <summary>UTF-8 JSON, as the pipeline made it. A connector that speaks another format converts it by the endpoint's format.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The large payload that came with the message, for endpoints that send that; null when there is none.</summary>
    public ClaimedPayload? Claim { get; init; }

    /// <summary>The attributes the message came in with.</summary>
    public required MessageAttributes Attributes { get; init; }

    /// <summary>When the hub accepted the message.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>From 1.</summary>
    public required int Attempt { get; init; }
}
