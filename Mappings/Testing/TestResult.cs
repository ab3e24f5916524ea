using Mappings.Diagnostics;

namespace Mappings.Testing;

/// <summary>How one test ended.</summary>
/// <param name="Findings">What was not as expected; empty when the test passed.</param>
public sealed record TestResult(TestCase Test, IReadOnlyList<Finding> Findings)
{
    public bool IsPassed => Findings.Count == 0;
}
