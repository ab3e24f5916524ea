using System.Globalization;
using Hub.Core.Operations;
using Hub.Host.Hosting;
using Mappings.Diagnostics;
using Mappings.Testing;

namespace Hub.Host.Commands;

/// <summary>What <c>hub test</c> prints.</summary>
internal static class TestReports
{
    /// <summary>The same for programs.</summary>
    public static object ForPrograms(IReadOnlyList<MappingTestReport> reports, IReadOnlyList<string> untested, HubConfiguration configuration) => new
    {
        mappings = reports.Select(report => new
        {
            mapping = report.Mapping,
            passed = report.Passed,
            failed = report.Failed,
            fields = report.Fields,
            covered = report.Covered,
            neverWritten = report.NeverWritten,
            neverTaken = report.NeverTaken,
            tests = report.Results.Select(result => new
            {
                name = result.Test.Name,
                at = configuration.Shown(result.Test.At).ToString(),
                passed = result.IsPassed,
                findings = result.Findings.Select(finding => FindingView.Of(configuration.Shown(finding))),
            }),
        }),
        untested,
        passed = reports.Sum(report => report.Passed),
        failed = reports.Sum(report => report.Failed),
    };

    public static void Print(IReadOnlyList<MappingTestReport> reports, IReadOnlyList<string> untested, HubConfiguration configuration, CommandOutput output)
    {
        foreach (var report in reports)
        {
            output.Line(CommandTexts.Get(
                "test.mapping", ("mapping", report.Mapping), ("passed", Number(report.Passed)), ("failed", Number(report.Failed)), ("covered", Number(report.Covered)), ("fields", Number(report.Fields))));
            foreach (var result in report.Results.Where(result => !result.IsPassed))
            {
                output.Line("  " + CommandTexts.Get("test.failed", ("name", result.Test.Name), ("at", configuration.Shown(result.Test.At).ToString())));
                foreach (var finding in result.Findings) output.Line("    " + Line(finding, configuration));
            }

            if (report.NeverWritten.Count > 0) output.Line("  " + CommandTexts.Get("test.never", ("fields", string.Join(", ", report.NeverWritten))));
            if (report.NeverTaken.Count > 0) output.Line("  " + CommandTexts.Get("test.nevertaken", ("ways", string.Join(", ", report.NeverTaken))));
        }

        foreach (var mapping in untested) output.Line(CommandTexts.Get("test.untested", ("mapping", mapping)));
        if (reports.Count == 0)
        {
            output.Error(CommandTexts.Get("test.none"));
            return;
        }

        output.Line();
        output.Line(CommandTexts.Get(
            "test.total", ("mappings", Number(reports.Count)), ("tests", Number(reports.Sum(report => report.Results.Count))), ("passed", Number(reports.Sum(report => report.Passed))), ("failed", Number(reports.Sum(report => report.Failed)))));
    }

    /// <summary>A difference: <c>field: what  mapping's line</c>. Whatever else went wrong: as a finding of its own.</summary>
    private static string Line(Finding finding, HubConfiguration configuration)
    {
        var shown = configuration.Shown(finding);
        if (!finding.Code.StartsWith("TST52", StringComparison.Ordinal)) return FindingFormatter.Line(shown);
        return FindingFormatter.What(finding) + (shown.Mapping is { } mapping ? "  " + mapping : string.Empty);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
