using Mappings.Expressions;
using Xunit;

namespace Tests.Expressions;

/// <summary>Pictures where the hub means them more strictly than JSONata, and what they may cost. What they write is held by the suite.</summary>
public sealed class PictureTests
{
    private static readonly ExpressionOptions Full = ExpressionOptions.Default with { Profile = ExpressionProfile.Full };

    [Theory]
    [InlineData("$formatNumber(1, \"0\")", "expression:1:1: error MAP271: $formatNumber is not part of the hub's expressions")]
    [InlineData("1 ~> $formatInteger(\"w\")", "expression:1:6: error MAP271: $formatInteger is not part of the hub's expressions")]
    [InlineData("$fromMillis(1, \"[Y]\")", "expression:1:1: error MAP271: $fromMillis(…, picture) is not part of the hub's expressions")]
    [InlineData("1 ~> $fromMillis(\"[Y]\")", "expression:1:6: error MAP271: $fromMillis(…, picture) is not part of the hub's expressions")]
    public void Picture_InTheHubProfile_IsRefused(string text, string expected) => Assert.Equal(expected, Evaluated.Refused(text));

    [Fact]
    public void Picture_ThatComesByAVariable_IsRefusedInTheHubProfileToo() => Assert.Equal("MAP271", Evaluated.Error("($f := $fromMillis; $f(1, \"[Y]\"))").Code);

    [Theory]
    [InlineData("$formatNumber(90071992547409931.10, \"#,##0.00\")", "\"90,071,992,547,409,931.10\"")]
    [InlineData("$formatNumber(1.5, \"#,##0.00 each\")", "\"1.50 each\"")]
    [InlineData("$formatInteger(n, \"#,##0\")", "\"123,456,789,012,345,678,901,234,567,890\"")]
    [InlineData("$formatInteger(123456, \"0, 000\")", "\"123, 456\"")]
    [InlineData("$parseInteger(\"12.345.678.901.234.567.890\", \"#.##0\")", "12345678901234567890")]
    [InlineData("$parseInteger(\"1 234\", \"0 000\")", "1234")]
    [InlineData("$parseInteger($formatInteger(1001000000000000, \"w\"), \"w\")", "1001000000000000")]
    public void Number_ByAPicture_LosesNoDigit(string text, string expected) =>
        Assert.Equal(expected, Evaluated.Json(text, """{"n":123456789012345678901234567890}""", Full));

    [Theory]
    [InlineData("$parseInteger(\"12abc\", \"0\")", "expression:1:1: error MAP275: \"12abc\" is not written as the picture \"0\" says")]
    [InlineData("$parseInteger(\"12\", \"0;o\")", "expression:1:1: error MAP275: \"12\" is not written as the picture \"0;o\" says")]
    [InlineData("$parseInteger(\"\", \"w\")", "expression:1:1: error MAP275: \"\" is not written as the picture \"w\" says")]
    [InlineData("$toMillis(\"2024-02-30\", \"[Y]-[M]-[D]\")", "expression:1:1: error MAP276: \"2024-02-30\" is no day or time of the calendar (years 1 to 9999)")]
    [InlineData("$toMillis(\"2023-366\", \"[Y]-[d]\")", "expression:1:1: error MAP276: \"2023-366\" is no day or time of the calendar (years 1 to 9999)")]
    [InlineData("$toMillis(\"25:00\", \"[H]:[m]\")", "expression:1:1: error MAP276: \"25:00\" is no day or time of the calendar (years 1 to 9999)")]
    [InlineData("$fromMillis(253402300800000)", "expression:1:1: error MAP276: 253402300800000 is no day or time of the calendar (years 1 to 9999)")]
    [InlineData("$fromMillis(253402300799999, \"[Y]\", \"+0800\")", "expression:1:1: error MAP276: 253402300799999 is no day or time of the calendar (years 1 to 9999)")]
    [InlineData("$fromMillis(0, \"[Y]\", \"Asia/Shanghai\")", "expression:1:1: error MAP277: \"Asia/Shanghai\" is no offset from UTC")]
    [InlineData("$fromMillis(0, \"[Y]\", \"+2500\")", "expression:1:1: error MAP277: \"+2500\" is no offset from UTC")]
    [InlineData("$formatNumber(1, \"0\", {\"grouping\": \".\"})", "expression:1:1: error MAP278: the option \"grouping\" of $formatNumber cannot be \".\"")]
    [InlineData("$formatNumber(1, \"0\", {\"decimal-separator\": \"\"})", "expression:1:1: error MAP278: the option \"decimal-separator\" of $formatNumber cannot be \"\"")]
    [InlineData("$formatNumber(1, nothing)", "expression:1:1: error T0410: argument 2 of $formatNumber must be text, found no value")]
    public void Value_ThatDoesNotFit_IsAnErrorNotARubbishValue(string text, string expected) =>
        Assert.Equal(expected, Evaluated.Error(text, options: Full).Findings[0].ToString());

    [Theory]
    [InlineData("[Y001,*-2]", "18")]
    [InlineData("[Y,2-6]", "002018")]
    [InlineData("[YI,2]", "MMXVIII")]
    [InlineData("[YI,2-2]", "XVIII")]
    [InlineData("[YA,2]", "BYP")]
    public void Year_OfAWidth_IsCutOnlyByItsMostOrItsDigits(string picture, string expected) =>
        Assert.Equal($"\"{expected}\"", Evaluated.Json($"$fromMillis(1521801216617, \"{picture}\")", options: Full));

    [Fact]
    public void Offset_WestOfGreenwichWithMinutes_IsNotOffByAnHour() =>
        Assert.Equal("\"05:03 -05:30\"", Evaluated.Json("$fromMillis(1521801216617, \"[H01]:[m01] [Z]\", \"-05:30\")", options: Full));

    [Theory]
    [InlineData("$fromMillis(0, \"[Y,1000000000-1000000000]\")")]
    [InlineData("$fromMillis(0, \"[M,99999999999]\")")]
    [InlineData("$fromMillis(0, $join([1..5000].(\"[Y,2000]\")))")]
    [InlineData("$formatInteger(1e300, \"I\")")]
    [InlineData("$formatInteger(1, $pad(\"\", 600000, \"0,\"))")]
    [InlineData("$formatNumber(1, $pad(\"0.\", 1048000, \"0\") & $pad(\"\", 5000, \"0\"))")]
    public void Picture_OfAGiantWidth_StopsAtTheTextLimit(string text) => Assert.Equal("LIM502", Evaluated.Error(text, options: Full).Code);

    [Fact]
    public void Picture_ThatTakesATextApartInManyWays_StopsAtTheStepLimit()
    {
        var limits = ExpressionLimits.Default with { Time = TimeSpan.FromMinutes(1) };

        Assert.Equal("LIM501", Evaluated.Error("$toMillis($pad(\"\", 3000, \"one \") & \"x\", $join([1..200].(\"[Dw]\")))", options: Full, limits: limits).Code);
    }
}
