namespace Hub.Core.Configuration;

/// <summary>What one message may cost.</summary>
/// <param name="Document">Largest document held in memory, in bytes.</param>
/// <param name="Depth">Deepest nesting of a document.</param>
public sealed record LimitsConfig(long Document, int Depth);
