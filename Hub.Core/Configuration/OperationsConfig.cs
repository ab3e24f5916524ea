namespace Hub.Core.Configuration;

/// <summary>Who may operate the hub.</summary>
/// <param name="KeySha256">SHA-256 of the operator key; null when nobody needs one, and then the hub listens on loopback addresses only.</param>
public sealed record OperationsConfig(byte[]? KeySha256);
