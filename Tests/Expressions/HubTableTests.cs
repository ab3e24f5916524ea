using Mappings.Expressions;
using Xunit;

namespace Tests.Expressions;

/// <summary>What is wrong with JSONata in a hub, and what the hub's expressions do instead.</summary>
public sealed class HubTableTests
{
    [Fact]
    public void LongIdentifier_Read_KeepsEveryDigit() => Assert.Equal("90071992547409931", Evaluated.Json("id", """{"id":90071992547409931}"""));

    [Fact]
    public void LineTotal_OfMoney_IsExact() =>
        Assert.Equal("2278.86", Evaluated.Json("qty * price * (1 - discount)", """{"qty":120,"price":19.99,"discount":0.05}"""));

    [Fact]
    public void MissingOperand_InArithmetic_NamesThePath()
    {
        var error = Evaluated.Error("qty * prise", """{"qty":2,"price":3}""");

        Assert.Equal("DAT380", error.Code);
        Assert.Equal("expression:1:7: error DAT380: prise has no value, so * cannot be computed", error.Findings[0].ToString());
    }

    [Fact]
    public void MissingOperand_InConcatenation_NamesThePath() => Assert.Equal("DAT380", Evaluated.Error("misspelled & \"x\"", "{}").Code);

    [Fact]
    public void NullOperand_InConcatenation_IsNoText() => Assert.Equal("DAT381", Evaluated.Error("n & \"x\"", """{"n":null}""").Code);

    [Fact]
    public void MissingOperand_WithoutStrictness_SpreadsAsInJsonata() =>
        Assert.Equal("\"x\"", Evaluated.Json("misspelled & \"x\"", "{}", ExpressionOptions.Default with { Strict = false }));

    [Fact]
    public void FebruaryThirty_ToMillis_IsAnError() => Assert.Equal("D3110", Evaluated.Error("$toMillis(\"2024-02-30\")").Code);

    [Fact]
    public void EndlessRecursion_InFullProfile_EndsWithAnError()
    {
        var full = ExpressionOptions.Default with { Profile = ExpressionProfile.Full };

        Assert.Equal("D1011", Evaluated.Error("($f := function($x){1 + $f($x + 1)}; $f(1))", options: full).Code);
    }

    [Fact]
    public void TextsThatLookLikeNumbers_CompareAsTexts() => Assert.Equal("true", Evaluated.Json("\"10\" < \"9\""));

    [Fact]
    public void Round_OfHalf_IsHalfEven() => Assert.Equal("[2,4,1]", Evaluated.Json("[$round(2.5), $round(3.5), $round(1.005, 2)]"));
}
