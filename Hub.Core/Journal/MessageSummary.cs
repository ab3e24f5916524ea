using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>One line of a list of messages.</summary>
/// <param name="Reason">For a dead message its first error, for a filtered one the step; else null.</param>
public sealed record MessageSummary(
    MessageId Id, string Pipeline, string Key, MessageState State, DateTimeOffset ReceivedAt, int Deliveries, int Pending, string? Reason);
