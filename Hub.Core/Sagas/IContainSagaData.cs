namespace Hub.Core.Sagas;

/// <summary>What a saga remembers between its messages, written as JSON.</summary>
public interface IContainSagaData
{
    /// <summary>The saga's identity; the same for the same endpoint and correlation value.</summary>
    Guid Id { get; set; }

    /// <summary>Who sent the message that began it: <c>system.endpoint</c>; null when it had no address for replies.</summary>
    string? Originator { get; set; }

    /// <summary>The journal's id of the message that began it.</summary>
    string? OriginalMessageId { get; set; }
}
