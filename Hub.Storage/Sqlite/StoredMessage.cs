using Hub.Core.Journal;

namespace Hub.Storage.Sqlite;

/// <summary>A message as it was read, its deliveries apart.</summary>
internal sealed record StoredMessage(
    MessageRecord Message, MessageState State, PipelineOutcome? Outcome, long First, int Deliveries, DateTimeOffset Settled);
