namespace Hub.Host.Chaos;

/// <summary>What was under way when a fault began.</summary>
/// <param name="InFlight">Accepted and not at its target.</param>
/// <param name="Bound">That, and what had arrived so shortly before that the hub may not have settled it: at most this much may arrive twice.</param>
/// <param name="Accepted">Of each lane, what was accepted.</param>
internal sealed record FaultMoment(long InFlight, long Bound, IReadOnlyDictionary<ChaosLane, int> Accepted);
