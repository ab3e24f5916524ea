namespace Connectors.Sandbox;

/// <summary>What a write did.</summary>
public enum SandboxWrite
{
    /// <summary>The record is new.</summary>
    Created,

    /// <summary>The record was there and has a new version.</summary>
    Updated,

    /// <summary>A write with the same idempotency key was applied before; this one had no effect.</summary>
    Repeated,
}
