using Xunit;

namespace Tests.Expressions;

/// <summary>A theory over the public suite: without the suite it is skipped on a desk and fails in CI, so that it cannot vanish quietly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteTheoryAttribute : TheoryAttribute
{
    public SuiteTheoryAttribute() => Skip = SuiteFactAttribute.Reason;
}
