using System.CommandLine;
using System.Globalization;
using Hub.Core.Operations;

namespace Hub.Host.Commands;

/// <summary><c>hub nodes</c>: the nodes that share the journal, their lane groups and what waits in them.</summary>
internal static class NodesCommand
{
    private const string Nothing = "-";

    public static Command Build(CommandOutput output) => new OperationsCommand("nodes").Does(async (operations, _, json, stop) =>
    {
        var report = await operations.NodesAsync(stop);
        if (json) output.Json(report);
        else if (report.Nodes.Count == 0) output.Line(CommandTexts.Get("nodes.alone"));
        else
        {
            Print(report, output);
            foreach (var finding in report.Findings) output.Line(OperationsCommand.OneLine(finding));
        }

        return report.Findings.Count == 0 ? ExitCode.Fine : ExitCode.Findings;
    });

    /// <summary>The table of nodes.</summary>
    public static void Print(NodesReport report, CommandOutput output)
    {
        string[] columns = ["node", "state", "groups", "open", "oldest", "heartbeat", "clock", "address", "revision"];
        output.Table([.. columns.Select(column => CommandTexts.Get("column." + column))], report.Nodes.Select(node => Cells(node, report.Self)), 2, 3, 4, 5, 6);
        if (report.FreeGroups > 0) output.Line(CommandTexts.Get("nodes.free", ("groups", Number(report.FreeGroups)), ("open", Number(report.FreeOpen))));
    }

    private static string[] Cells(NodeLine node, string self) =>
    [
        node.Name == self ? node.Name + " *" : node.Name,
        CommandTexts.Get(node.State switch { "late" => "nodes.late", "leaving" => "nodes.leaving", _ => "nodes.alive" }),
        Number(node.Groups),
        Number(node.Open),
        node.OldestSeconds is { } oldest ? Seconds(oldest) : Nothing,
        Seconds(node.HeartbeatSeconds),
        Seconds(node.ClockSeconds),
        node.Address,
        node.Revision,
    ];

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");
}
