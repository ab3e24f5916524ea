using Hub.Core.Journal;

namespace Hub.Core.Messaging;

/// <summary>What a handler has done, to be committed with its message's end: all of it or none.</summary>
/// <param name="States">Documents written or deleted.</param>
/// <param name="Outgoing">Messages sent.</param>
internal sealed record HandlerEffects(IReadOnlyList<WriteStateOperation> States, IReadOnlyList<OutgoingEnvelope> Outgoing);
