using Hub.Core.Journal;

namespace Hub.Core.Nodes;

/// <summary>Ends this node's membership and gives up all its lane groups; the last thing it commits.</summary>
public sealed class LeaveOperation : JournalOperation;
