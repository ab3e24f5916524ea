using Mappings.Diagnostics;
using Mappings.Expressions;
using Xunit;

namespace Tests.Expressions;

public sealed class ExpressionPositionTests
{
    [Theory]
    [InlineData("$summ(x)", "expression:1:1: error T1006: $summ is no function; did you mean $sum?")]
    [InlineData("a + $tot", "expression:1:5: error MAP273: there is no variable $tot; did you mean $not?")]
    [InlineData("sum(x)", "expression:1:1: error T1005: $sum needs a dollar sign to be called")]
    [InlineData("(a + b", "expression:1:7: error S0203: expected ) before the end; ( at 1:1 is not closed")]
    [InlineData("a +", "expression:1:4: error S0207: the expression ends too early")]
    [InlineData("(a +", "expression:1:5: error S0203: expected ) before the end; ( at 1:1 is not closed")]
    [InlineData("(4 + ) / 2", "expression:1:6: error S0211: ) cannot begin a value")]
    [InlineData("function($a[0]){$a}", "expression:1:10: error S0208: parameter 1 of a function must be a $name, found $a[0]")]
    [InlineData("a b", "expression:1:3: error S0201: unexpected b: the expression should have ended here")]
    [InlineData("\"abc", "expression:1:1: error S0101: the text has no closing quote")]
    [InlineData("a.**", "expression:1:3: error MAP271: ** is not part of the hub's expressions")]
    [InlineData("a{b: c}", "expression:1:2: error MAP271: { } (group by) is not part of the hub's expressions")]
    [InlineData("$eval(a)", "expression:1:1: error MAP272: $eval is never available")]
    [InlineData("$shuffle(a)", "expression:1:1: error MAP272: $shuffle is never available")]
    [InlineData("lines#$i.x", "expression:1:1: error MAP271: #$i is not part of the hub's expressions")]
    public void Mistake_InAnExpression_IsNamedAtItsPlace(string text, string expected) => Assert.Equal(expected, Evaluated.Refused(text));

    [Fact]
    public void Recursion_InTheHubProfile_IsRefused() => Assert.Contains("MAP271", Evaluated.Refused("($f := function($n){$f($n)}; $f(1))"), StringComparison.Ordinal);

    [Fact]
    public void Mistake_InABlock_IsFoundOnItsOwnLine()
    {
        // amount: |
        //   a +
        //     $totl
        var origin = ExpressionOrigin.Lines("m.yaml", [(11, 3), (12, 3)], [0, 4]);

        Assert.StartsWith("m.yaml:12:5: error MAP273", Evaluated.Refused("a +\n  $totl", origin: origin), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistake_BehindChineseNames_CountsCharacters() =>
        Assert.StartsWith("m.yaml:7:16: error T1006", Evaluated.Refused("姓名 & $trimm(姓)", origin: ExpressionOrigin.At("m.yaml", 7, 11)), StringComparison.Ordinal);

    [Fact]
    public void DataError_ShowsExpressionAndInputPosition()
    {
        var error = Evaluated.Error("qty * price", "{\n  \"qty\": 2,\n  \"price\": \"1,299.00\"\n}");

        Assert.Equal("expression:1:7: error T2002: price is right of * and must be a number, found \"1,299.00\"", error.Findings[0].ToString());
        Assert.Equal((6, 11), (error.Start, error.End));
        Assert.Equal((3, 12), error.InputPosition);
    }

    [Fact]
    public void Trace_WhenSet_SeesEveryPartWithItsSpan()
    {
        var seen = new List<string>();
        var context = new EvaluationContext { Trace = (int start, int end, in Value value) => seen.Add($"{start}-{end} {value}") };

        Evaluated.Compile("a + 1").Evaluate(context, JsonTape.Read("""{"a":2}"""));

        Assert.Equal(["0-1 2", "0-1 2", "4-5 1", "0-5 3"], seen);
    }

    [Fact]
    public void Compile_OfSeveralMistakes_ReportsThemAll()
    {
        var findings = new Findings();
        Expression.Compile("$aaaa(1) + $bbbb(2)", ExpressionOptions.Default, findings, ExpressionOrigin.None);

        Assert.Equal(2, findings.Count);
    }
}
