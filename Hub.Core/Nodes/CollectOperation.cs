using Hub.Core.Journal;

namespace Hub.Core.Nodes;

/// <summary>Changes nothing: the commit it is in brings what was handed over, as every commit does.</summary>
public sealed class CollectOperation : JournalOperation
{
    public override int Size => 0;
}
