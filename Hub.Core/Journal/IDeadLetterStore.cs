using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>
/// The side of the store that finds dead letters without reading them: one line per dead message whose pipeline failed, and
/// one per dead delivery of a dead message. A message that is still open has none yet.
/// </summary>
public interface IDeadLetterStore
{
    /// <summary>Dead messages counted by pipeline, destination and code: the most first, then in the order of these three.</summary>
    /// <param name="query">Which to count; <see cref="DeadQuery.After"/> is not looked at.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    ValueTask<IReadOnlyList<DeadCount>> CountDeadAsync(DeadQuery query, CancellationToken cancellationToken);

    /// <summary>Dead messages with a dead letter that fits, each once, in the order of their ids.</summary>
    ValueTask<IReadOnlyList<MessageId>> FindDeadAsync(DeadQuery query, CancellationToken cancellationToken);
}
