namespace Hub.Core.Operations;

/// <summary>The hub at this moment.</summary>
/// <param name="Hub">Its name.</param>
/// <param name="Revision">The configuration in force.</param>
/// <param name="InFlight">Messages that are accepted and not finished.</param>
/// <param name="Held">Those of them that wait for entries of the identity map.</param>
/// <param name="Journal"><c>available</c>, or why it cannot be written.</param>
/// <param name="Systems">The systems messages go to.</param>
/// <param name="HeldBack">Configuration files that are broken and kept at their last good content.</param>
/// <param name="Findings">What is wrong with the configuration on disk.</param>
public sealed record HubStatus(
    string Hub, string Revision, long InFlight, int Held, string Journal, IReadOnlyList<SystemStatus> Systems, IReadOnlyList<string> HeldBack, IReadOnlyList<FindingView> Findings);
