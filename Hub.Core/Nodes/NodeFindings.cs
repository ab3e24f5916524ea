using Hub.Core.Journal;
using Mappings.Diagnostics;

namespace Hub.Core.Nodes;

/// <summary>What can be wrong with a node's membership.</summary>
public static class NodeFindings
{
    /// <summary>Others took the node for dead.</summary>
    public static JournalException Fenced(string node) => Create(JournalException.Fenced, node);

    /// <summary>A living node has the name.</summary>
    public static JournalException NameTaken(string node, string address) => Create("JRN841", node, ("address", address.Length > 0 ? address : "-"));

    /// <summary>There are as many nodes as there can be.</summary>
    public static JournalException TooMany(string node) =>
        Create("JRN842", node, ("most", LaneGroups.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static JournalException Create(string code, string node, params ReadOnlySpan<(string Name, string Value)> more) =>
        new(Finding.Error(code, SourcePosition.None, string.Empty, [("node", node), .. more]));
}
