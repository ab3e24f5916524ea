using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Tests.Expressions;

/// <summary>Functions that look at the bytes of the input give what they give for the same text when it was computed.</summary>
public sealed class TextShortcutTests
{
    [Theory]
    [InlineData("$lowercase(?)")]
    [InlineData("$uppercase(?)")]
    [InlineData("$substringBefore(?, \"-\")")]
    [InlineData("$substringBefore(?, \"é\")")]
    [InlineData("? & \"|\" & ? & 1")]
    [InlineData("$length(? & ?)")]
    public void Function_OfATextOfTheInput_IsThatOfAComputedOne(string function) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(Arb.From(Text), text =>
    {
        var input = $"{{\"t\":{JsonSerializer.Serialize(text)}}}";
        Assert.Equal(Evaluated.Json(function.Replace("?", "(t & \"\")", StringComparison.Ordinal), input), Evaluated.Json(function.Replace("?", "t", StringComparison.Ordinal), input));
    }));

    private static Gen<string> Text => Gen.ListOf(Gen.Elements("a", "Z", "-", "é", "É", "ß", "İ", "王", "😀", "\"", "\n", " ", "7")).Select(string.Concat);
}
