using System.Text.Json;
using Hub.Abstractions.Messages;

namespace Hub.Core.Messaging;

/// <summary>A message that waits for its time, as its document has it.</summary>
internal sealed record DelayedMessage(string From, string To, byte[] Body, MessageAttributes Attributes, string Revision)
{
    public static byte[] Write(OutgoingEnvelope envelope) =>
        JsonSerializer.SerializeToUtf8Bytes(new DelayedMessage(envelope.From.ToString(), envelope.To.ToString(), envelope.Body.ToArray(), envelope.Attributes, envelope.Revision));

    /// <summary>Reads what <see cref="Write"/> wrote; null when it is something else.</summary>
    public static OutgoingEnvelope? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<DelayedMessage>(json) is { } delayed && EndpointName.TryParse(delayed.From, out var from) && EndpointName.TryParse(delayed.To, out var to)
                ? new OutgoingEnvelope(from, string.Empty, to, delayed.Body, delayed.Attributes, delayed.Revision, null)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
