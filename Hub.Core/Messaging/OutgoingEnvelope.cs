using Hub.Abstractions.Messages;

namespace Hub.Core.Messaging;

/// <summary>A message that leaves when the work that sends it is durable. Each is a message of its own, so that none keeps another waiting.</summary>
/// <param name="From">The endpoint that sends it.</param>
/// <param name="Key">The lane of the work that sends it; empty when it keeps no order.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Body">UTF-8 JSON.</param>
/// <param name="Attributes">With type and headers.</param>
/// <param name="Revision">Content hash of the configuration it was sent under.</param>
/// <param name="NotBefore">Null for at once.</param>
internal sealed record OutgoingEnvelope(
    EndpointName From, string Key, EndpointName To, ReadOnlyMemory<byte> Body, MessageAttributes Attributes, string Revision, DateTimeOffset? NotBefore);
