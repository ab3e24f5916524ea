namespace Connectors.Sandbox;

/// <summary>One record of a sandbox system.</summary>
/// <param name="Key">What tells it apart in its collection.</param>
/// <param name="Body">UTF-8 JSON, as it was written last.</param>
/// <param name="Version">From 1; one more with each write that had an effect.</param>
/// <param name="IdempotencyKey">Of the last write; null when it had none (a seed).</param>
public sealed record SandboxRecord(string Key, ReadOnlyMemory<byte> Body, int Version, string? IdempotencyKey);
