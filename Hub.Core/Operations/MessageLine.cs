using Hub.Core.Journal;

namespace Hub.Core.Operations;

/// <summary>One line of a list of messages.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="Pipeline">Its pipeline.</param>
/// <param name="Key">Its lane; empty when the pipeline declares no key.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ReceivedAt">When it was accepted.</param>
/// <param name="Reason">Why it is dead, or which step filtered it; else null.</param>
public sealed record MessageLine(string Id, string Pipeline, string Key, MessageState State, DateTimeOffset ReceivedAt, string? Reason);
