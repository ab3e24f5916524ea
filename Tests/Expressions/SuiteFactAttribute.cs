using Xunit;

namespace Tests.Expressions;

/// <summary>A test of the public suite: see <see cref="SuiteTheoryAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteFactAttribute : FactAttribute
{
    public SuiteFactAttribute() => Skip = Reason;

    internal static string? Reason => SuiteFiles.Folder is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))
        ? "The JSONata suite is not here: set JSONATA_SUITE, or put it beside the repository as shared/jsonata-suite."
        : null;
}
