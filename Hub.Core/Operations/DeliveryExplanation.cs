using Hub.Core.Journal;

namespace Hub.Core.Operations;

/// <summary>One delivery of a message.</summary>
/// <param name="Id">Also the idempotency key the target saw.</param>
/// <param name="Destination"><c>system.endpoint</c></param>
/// <param name="State">Where it stands.</param>
/// <param name="Due">When the next attempt may run; null when it is not waiting.</param>
/// <param name="SettledAt">When the target confirmed it or it was given up.</param>
/// <param name="Attempts">The attempts that failed.</param>
/// <param name="Body">What was or will be sent: JSON text, cut after 8,000 characters.</param>
public sealed record DeliveryExplanation(
    string Id, string Destination, DeliveryState State, DateTimeOffset? Due, DateTimeOffset? SettledAt, IReadOnlyList<AttemptExplanation> Attempts, string Body);
