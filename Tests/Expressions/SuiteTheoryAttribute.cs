using Xunit;

namespace Tests.Expressions;

/// <summary>A theory over the public suite: without the suite it is skipped on a desk and fails in CI, so that it cannot vanish quietly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteTheoryAttribute : TheoryAttribute
{
    public SuiteTheoryAttribute()
    {
        if (SuiteFiles.Folder is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            Skip = "The JSONata suite is not here: set JSONATA_SUITE, or put it beside the repository as shared/jsonata-suite.";
        }
    }
}
