using Mappings.Expressions;
using Xunit;

namespace Tests.Expressions;

public sealed class NumberRuleTests
{
    [Theory]
    [InlineData("268.00")]
    [InlineData("90071992547409931")]
    [InlineData("1e2")]
    [InlineData("-0.0")]
    [InlineData("12345678901234567890123456789012345678901234567890.10")]
    public void CopiedNumber_WhateverItsForm_KeepsItsBytes(string digits)
    {
        Assert.Equal(digits, Evaluated.Json("n", $$"""{"n":{{digits}}}"""));
        Assert.Equal($$"""{"a":[{{digits}}]}""", Evaluated.Json("""{"a": [n]}""", $$"""{"n":{{digits}}}"""));
    }

    [Theory]
    [InlineData("120 * 19.99 * 0.95", "2278.86")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("1.50 + 1.50", "3")]
    [InlineData("7084.7000 + 0", "7084.7")]
    [InlineData("10 / 4", "2.5")]
    [InlineData("1 - 0.9", "0.1")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("90071992547409931 + 1", "90071992547409932")]
    public void Arithmetic_WithinTwentyEightDigits_IsExactDecimal(string text, string expected) => Assert.Equal(expected, Evaluated.Json(text));

    [Fact]
    public void Arithmetic_OfWholeNumbersBeyondTwentyEightDigits_IsExact() =>
        Assert.Equal("1234567890123456789012345678901235", Evaluated.Json("n + 1", """{"n":1234567890123456789012345678901234}"""));

    [Fact]
    public void Comparison_OfNumbersThatDifferInTheThirtiethDigit_TellsThemApart() =>
        Assert.Equal("true", Evaluated.Json("a < b", """{"a":123456789012345678901234567890,"b":123456789012345678901234567891}"""));

    [Fact]
    public void Comparison_OfOneValueInTwoForms_IsEqual() => Assert.Equal("true", Evaluated.Json("a = b", """{"a":1.50,"b":15e-1}"""));

    [Theory]
    [InlineData("$sqrt(2)", false)]
    [InlineData("$sqrt(2.25)", true)]
    [InlineData("2 * 3.5", true)]
    public void TryGetDecimal_OfAResultThatHadToBecomeDouble_IsFalse(string text, bool exact) =>
        Assert.Equal(exact, Evaluated.Compile(text).Evaluate(new EvaluationContext(), Value.Missing).TryGetDecimal(out _));

    [Theory]
    [InlineData("1 / 0")]
    [InlineData("10e300 * 10e100")]
    [InlineData("5 % 0")]
    public void Arithmetic_BeyondEveryNumber_IsAnError(string text) => Assert.Equal("D1001", Evaluated.Error(text).Code);

    [Fact]
    public void Number_WithAGiantExponent_IsRefusedWithoutBeingBuilt() => Assert.Equal("D1001", Evaluated.Error("n + 1", """{"n":1e999999999}""").Code);

    [Theory]
    [InlineData("\"\" & 22/7", "\"3.14285714285714\"")]
    [InlineData("\"\" & 1e21", "\"1e+21\"")]
    [InlineData("\"\" & 0.0000001", "\"1e-7\"")]
    [InlineData("\"\" & 1234567890123456.78", "\"1234567890123456.78\"")]
    [InlineData("\"\" & 1.50", "\"1.5\"")]
    public void Text_OfANumber_LosesNoExactDigit(string text, string expected) => Assert.Equal(expected, Evaluated.Json(text));
}
