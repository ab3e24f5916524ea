using Hub.Abstractions.Messages;

namespace Hub.Core.Messaging;

/// <summary>A message as its endpoint understands it.</summary>
/// <param name="Id">The journal's id.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Attributes">As it came.</param>
/// <param name="Headers">The headers among the attributes.</param>
/// <param name="Message">The message itself.</param>
internal sealed record IncomingEnvelope(
    MessageId Id, ReadOnlyMemory<byte> Body, MessageAttributes Attributes, IReadOnlyDictionary<string, string> Headers, object Message)
{
    public bool IsTimeout => Headers.TryGetValue(Messaging.Headers.IsSagaTimeoutMessage, out var flag) && flag.Equals(bool.TrueString, StringComparison.OrdinalIgnoreCase);

    /// <summary>The saga it is for by name; null when it is found by its contents.</summary>
    public string? SagaId => Headers.GetValueOrDefault(Messaging.Headers.SagaId) is { Length: > 0 } id ? id : null;

    public string? ReplyTo => Headers.GetValueOrDefault(Messaging.Headers.ReplyToAddress);
}
