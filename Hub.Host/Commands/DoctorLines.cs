using System.Globalization;
using Hub.Core.Operations;

namespace Hub.Host.Commands;

/// <summary>A doctor's report for people: a line a system, the journal, and then everything that is wrong.</summary>
internal static class DoctorLines
{
    private const string Nothing = "-";

    public static void Print(DoctorReport report, CommandOutput output)
    {
        output.Line(CommandTexts.Get("doctor.hub", ("hub", report.Hub), ("revision", report.Revision), ("at", OperationsCommand.Time(report.At))));
        string[] columns = ["system", "connector", "state", "latency", "clock", "version"];
        output.Table([.. columns.Select(column => CommandTexts.Get("column." + column))], report.Systems.Select(Cells), 3, 4);
        if (report.Journal is { Milliseconds: { } took }) output.Line(CommandTexts.Get("doctor.journal", ("took", Milliseconds(took))));
        if (report.Nodes is { Nodes.Count: > 0 } nodes) NodesCommand.Print(nodes, output);
        var findings = report.AllFindings().ToList();
        foreach (var finding in findings)
        {
            output.Line(finding.At.Length > 0 ? $"{finding.At}: {OperationsCommand.OneLine(finding)}" : OperationsCommand.OneLine(finding));
            if (finding.Fix is { } fix) output.Line($"  {fix}");
        }

        if (findings.Count == 0) output.Line(CommandTexts.Get("doctor.fine"));
    }

    private static string[] Cells(SystemReport system) =>
    [
        system.Name,
        system.Connector,
        CommandTexts.Get(!system.Checked ? "doctor.unchecked" : system.Findings.Count > 0 ? "doctor.findings" : "doctor.ok"),
        system.Checked ? Milliseconds(system.Milliseconds) : Nothing,
        system.ClockSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds:+0.#;-0.#;0} s") : Nothing,
        system.Version ?? Nothing,
    ];

    private static string Milliseconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms");
}
