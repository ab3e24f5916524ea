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

    /// <summary>
    /// Where the values of one message's documents come from: its pipeline is run over it once more, watched, with nothing
    /// sent and no system asked. Null when the journal does not hold it.
    /// </summary>
    Task<MessageOrigins?> OriginsAsync(MessageId id, CancellationToken cancellationToken);

    /// <summary>What a test can be made of from one message, its secrets masked; null when the journal does not hold it.</summary>
    Task<MessageSample?> SampleAsync(MessageId id, CancellationToken cancellationToken);

    /// <summary>What was given up, grouped by pipeline and code, the largest group first.</summary>
    Task<IReadOnlyList<DeadGroup>> DeadAsync(string? pipeline, CancellationToken cancellationToken);

    /// <summary>Opens dead messages again.</summary>
    Task<ReplayReport> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken);

    /// <summary>Brings entries into the identity map; whoever waits for one of them goes on.</summary>
    /// <param name="entries">At most 10,000; each valid.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    Task<XrefReport> ImportXrefsAsync(IReadOnlyList<XrefLine> entries, CancellationToken cancellationToken);

    /// <summary>The lines of the identity map in which a thing has this id, in any of its systems; at most 1,000.</summary>
    Task<IReadOnlyList<XrefLine>> FindXrefsAsync(string entity, string id, CancellationToken cancellationToken);

    /// <summary>Reaches every system from where the hub runs, and looks at its journal; a check takes 10 s at most.</summary>
    Task<DoctorReport> DoctorAsync(CancellationToken cancellationToken);

    /// <summary>The nodes that share the journal, their lane groups, what waits in them, and their clocks.</summary>
    Task<NodesReport> NodesAsync(CancellationToken cancellationToken);

    /// <summary>The conservation of messages, pipeline by pipeline.</summary>
    Task<IReadOnlyList<LedgerRow>> LedgerAsync(CancellationToken cancellationToken);
}
