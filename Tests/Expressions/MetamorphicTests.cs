using Mappings.Diagnostics;
using Mappings.Expressions;
using Tests.Expressions.Oracle;
using Xunit;

namespace Tests.Expressions;

/// <summary>What must be the same however it is said, without anybody to ask: brackets, a function around it, other shortcuts, other inputs.</summary>
public sealed class MetamorphicTests
{
    private const int Expressions = 3_000;

    [Theory]
    [InlineData("({0})")]
    [InlineData("($unused := 1; {0})")]
    [InlineData("function(){{{0}}}()")]
    [InlineData("(true ? {0} : 0)")]
    [InlineData("(function(){{$$}}; {0})")]
    public void Expression_SaidInAnotherWay_GivesTheSame(string form)
    {
        foreach (var (text, input) in Generated(seed: 1))
        {
            Check(text, string.Format(System.Globalization.CultureInfo.InvariantCulture, form, text), input, Shortcuts.All);
        }
    }

    [Theory]
    [InlineData(nameof(Shortcuts.None))]
    [InlineData(nameof(Shortcuts.PlainPaths))]
    [InlineData(nameof(Shortcuts.TextEquality))]
    [InlineData(nameof(Shortcuts.ConstantNames))]
    [InlineData(nameof(Shortcuts.KnownFunctions))]
    [InlineData(nameof(Shortcuts.Concatenations))]
    [InlineData(nameof(Shortcuts.SharedVariables))]
    [InlineData(nameof(Shortcuts.BooleanEquality))]
    [InlineData(nameof(Shortcuts.Registers))]
    [InlineData("Registers, PlainPaths")]
    public void Expression_WithOtherShortcuts_GivesTheSame(string shortcuts)
    {
        foreach (var (text, input) in Generated(seed: 2)) Check(text, text, input, Enum.Parse<Shortcuts>(shortcuts));
    }

    [Fact]
    public void Expression_OverOneItem_IsItsMapping()
    {
        foreach (var (text, input) in Generated(seed: 3))
        {
            if (!text.Contains("$x", StringComparison.Ordinal)) Check($"[1].({text})", $"$map([1], function($one){{$one.({text})}})", input, Shortcuts.All);
        }
    }

    private static void Check(string text, string other, Value input, Shortcuts shortcuts)
    {
        var expected = Answer(text, input, Shortcuts.All);
        var found = Answer(other, input, shortcuts);

        Assert.True(expected == found, $"{text}\n  {expected}\n{other}\n  {found}");
    }

    private static IEnumerable<(string Text, Value Input)> Generated(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < Expressions; i++)
        {
            var (json, names) = OracleDocuments.All[i % OracleDocuments.All.Length];
            var text = new ExpressionGenerator(random, names).Next();
            if (text.Length < 300 && !text.Contains('%', StringComparison.Ordinal)) yield return (text, JsonTape.Read(json));
        }
    }

    private static string Answer(string text, Value input, Shortcuts shortcuts)
    {
        var options = new ExpressionOptions { Profile = ExpressionProfile.Everything, Strict = false, Shortcuts = shortcuts };
        var findings = new Findings();
        if (Expression.Compile(text, options, findings, ExpressionOrigin.None) is not { } expression) return findings.First().Code;
        try
        {
            return expression.Evaluate(new EvaluationContext(), input).ToString();
        }
        catch (EvaluationException error)
        {
            return error.Code;
        }
    }
}
