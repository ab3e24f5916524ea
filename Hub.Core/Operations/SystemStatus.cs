namespace Hub.Core.Operations;

/// <summary>One system at this moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Breaker"><c>closed</c>, <c>open</c> or <c>half-open</c>.</param>
/// <param name="Running">Attempts under way.</param>
/// <param name="Waiting">Deliveries that wait for their turn or their next attempt.</param>
public sealed record SystemStatus(string Name, string Breaker, int Running, int Waiting);
