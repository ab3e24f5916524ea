using Hub.Core.Journal;

namespace Hub.Core.Nodes;

/// <summary>Gives a lane group up: from this commit on anybody may take it. Nothing happens when the node has it under another tenure.</summary>
public sealed class GiveUpGroupOperation(int group, long tenure) : JournalOperation
{
    public int Group { get; } = group;

    public long Tenure { get; } = tenure;
}
