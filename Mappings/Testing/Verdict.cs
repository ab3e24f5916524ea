using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Mapping;

namespace Mappings.Testing;

/// <summary>Says how what came of a record differs from what its test expects.</summary>
internal sealed class Verdict(TargetFields target, TestCase test, Findings findings)
{
    /// <param name="document">What was written; missing when the record was refused or skipped.</param>
    public void Judge(in MappingResult result, in Value document)
    {
        if (test.Error is { } error) Refused(error, result);
        else if (test.IsSkipped) Skipped(result);
        else if (result.Kind != MappingResultKind.Mapped)
        {
            findings.Error("TST540", test.At, string.Empty, ("outcome", Outcome(result)));
            findings.AddRange(result.Findings);
        }
        else
        {
            new DocumentComparison(target, test, findings).Run(document);
            foreach (var warning in test.Warnings) Contains(warning, result.Findings, "TST544");
        }
    }

    private void Refused(ExpectedFinding expected, in MappingResult result)
    {
        if (!Contains(expected, result.Findings, "TST542")) return;
        var outcome = Outcome(result);
        if (expected.Outcome is { } wanted && wanted != outcome) findings.Error("TST543", expected.At, expected.Field ?? string.Empty, ("expected", wanted), ("outcome", outcome));
        else if (expected.Outcome is null && result.Kind == MappingResultKind.Mapped) findings.Error("TST543", expected.At, expected.Field ?? string.Empty, ("expected", "dead-letter"), ("outcome", outcome));
    }

    private void Skipped(in MappingResult result)
    {
        // With findings it is a bad record that on_error skips, not one that skip_when leaves out.
        if (result is { Kind: MappingResultKind.Skipped, Findings.Count: 0 }) return;
        findings.Error("TST541", test.At, string.Empty, ("outcome", Outcome(result)));
        findings.AddRange(result.Findings);
    }

    private bool Contains(ExpectedFinding expected, IReadOnlyList<Finding> found, string code)
    {
        if (found.Any(expected.Fits)) return true;
        var names = string.Join(", ", found.Select(finding => finding.Path.Length == 0 ? finding.Code : $"{finding.Code} {finding.Path}"));
        findings.Error(code, expected.At, expected.Field ?? string.Empty, ("code", expected.Code), ("found", names.Length == 0 ? "-" : names));
        return false;
    }

    /// <summary>In the words of <c>outcome</c>.</summary>
    internal static string Outcome(in MappingResult result) => result.Kind switch
    {
        MappingResultKind.Mapped => "mapped",
        MappingResultKind.Skipped => "skip",
        MappingResultKind.Held => "hold",
        _ => "dead-letter",
    };
}
