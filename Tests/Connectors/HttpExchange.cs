namespace Tests.Connectors;

/// <summary>A request as it was on the wire.</summary>
internal sealed record HttpExchange(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body);
