using Hub.Abstractions.Messages;

namespace Hub.Host.Api;

/// <summary>What the HTTP ingress has to know of an endpoint before it reads a body.</summary>
/// <param name="Name">The endpoint.</param>
/// <param name="Format">Its format: json, ndjson, csv or xml.</param>
/// <param name="ApiKey">The key callers must send, as UTF-8; null when none is asked for.</param>
/// <param name="MaxBody">Largest body in bytes that is held in memory.</param>
/// <param name="ClaimOver">Bodies of more bytes are streamed; null when none are.</param>
/// <param name="ClaimMax">Largest body in bytes that is streamed.</param>
internal sealed record IngressRoute(EndpointName Name, string Format, byte[]? ApiKey, long MaxBody, long? ClaimOver = null, long ClaimMax = 0);
