using Xunit;

namespace Tests.Expressions.Oracle;

/// <summary>A test that asks jsonata-js: without Node or the npm package (<c>eng/oracle</c>) it is skipped on a desk and fails in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute()
    {
        if (!OracleProcess.IsInstalled && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))) Skip = "jsonata-js is not here: run eng/oracle (it needs Node and npm).";
    }
}
