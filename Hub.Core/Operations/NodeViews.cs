using System.Globalization;
using System.Numerics;
using Hub.Core.Nodes;
using Mappings.Diagnostics;

namespace Hub.Core.Operations;

/// <summary>The nodes as an operator sees them.</summary>
internal static class NodeViews
{
    /// <summary>Clocks further apart are told: due times are kept by the clock of the node that has the message.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    public static async Task<NodesReport> ReadAsync(NodeMembership membership, CancellationToken cancellationToken)
    {
        var board = await membership.Store.ReadBoardAsync(cancellationToken).ConfigureAwait(false);
        var lags = await membership.Store.ReadLagAsync(cancellationToken).ConfigureAwait(false);
        var now = board.Now;
        var nodes = board.Nodes.Select(node => Line(node, board, lags)).OrderBy(n => n.Name, StringComparer.Ordinal).ToList();
        var free = board.Groups(0);
        var open = lags.Where(l => Has(free, l.Group)).Sum(l => l.Open);
        return new NodesReport(membership.Node.Name, nodes, BitOperations.PopCount(free), open, [.. Findings(board, open).Select(FindingView.Of)]);

        NodeLine Line(NodeState node, NodeBoard all, IReadOnlyList<GroupLag> lag)
        {
            var groups = all.Groups(node.Epoch);
            var own = lag.Where(l => Has(groups, l.Group)).ToList();
            return new NodeLine(
                node.Name, !node.IsAlive ? "late" : node.IsLeaving ? "leaving" : "alive", node.Address, node.Revision, BitOperations.PopCount(groups), own.Sum(l => l.Open),
                own.Min(l => l.Oldest) is { } oldest ? Seconds(now - oldest) : null, Seconds(now - node.Heartbeat), Seconds(node.ClockAhead));
        }
    }

    private static IEnumerable<Finding> Findings(NodeBoard board, long freeOpen)
    {
        foreach (var node in board.Nodes)
        {
            if (!node.IsAlive)
                yield return Finding.Error("HUB966", SourcePosition.None, string.Empty, ("node", node.Name), ("seconds", Text(board.Now - node.Heartbeat)));
            if (node.ClockAhead.Duration() > ClockTolerance)
                yield return Finding.Warning("HUB967", SourcePosition.None, string.Empty, ("node", node.Name), ("seconds", Text(node.ClockAhead)));
        }

        if (freeOpen > 0) yield return Finding.Error("HUB968", SourcePosition.None, string.Empty, ("count", freeOpen.ToString(CultureInfo.InvariantCulture)));
        if (board.Nodes.Select(n => n.Revision).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            var revisions = string.Join(", ", board.Nodes.Select(n => $"{n.Name} {n.Revision}"));
            yield return Finding.Warning("HUB969", SourcePosition.None, string.Empty, ("revisions", revisions));
        }
    }

    private static bool Has(ulong groups, int group) => (groups & (1UL << group)) != 0;

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);

    private static string Text(TimeSpan time) => time.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
}
