using Hub.Abstractions.Messages;
using Hub.Core.Journal;

namespace Hub.Core.Operations;

/// <summary>
/// What an operator can see and do. The command line and the console speak to this and to nothing behind it: in process,
/// or over the operations API of a running hub.
/// </summary>
public interface IHubOperations
{
    /// <summary>Revision, systems with their breakers, lanes, health of the journal.</summary>
    Task<HubStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Messages, newest first.</summary>
    Task<IReadOnlyList<MessageLine>> MessagesAsync(MessageQuery query, CancellationToken cancellationToken);

    /// <summary>What happened to one message, step by step; null when the journal does not hold it.</summary>
    Task<MessageExplanation?> ExplainAsync(MessageId id, CancellationToken cancellationToken);

    /// <summary>What was given up, grouped by pipeline and code, the largest group first.</summary>
    Task<IReadOnlyList<DeadGroup>> DeadAsync(string? pipeline, CancellationToken cancellationToken);

    /// <summary>Opens dead messages again.</summary>
    Task<ReplayReport> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken);

    /// <summary>The conservation of messages, pipeline by pipeline.</summary>
    Task<IReadOnlyList<LedgerRow>> LedgerAsync(CancellationToken cancellationToken);
}
