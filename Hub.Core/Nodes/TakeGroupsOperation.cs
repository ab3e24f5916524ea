using Hub.Core.Journal;

namespace Hub.Core.Nodes;

/// <summary>Takes those of these lane groups that nobody has.</summary>
public sealed class TakeGroupsOperation(ulong groups) : JournalOperation
{
    public ulong Groups { get; } = groups;
}
