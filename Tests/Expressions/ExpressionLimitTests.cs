using Mappings.Expressions;
using Xunit;

namespace Tests.Expressions;

public sealed class ExpressionLimitTests
{
    private static readonly ExpressionOptions Full = ExpressionOptions.Default with { Profile = ExpressionProfile.Full };

    [Fact]
    public void TailRecursion_WithoutEnd_StopsAtTheStepLimit()
    {
        var limits = ExpressionLimits.Default with { Time = TimeSpan.FromMinutes(1) };

        Assert.Equal("LIM501", Evaluated.Error("($f := function(){$f()}; $f())", options: Full, limits: limits).Code);
    }

    [Fact]
    public void Recursion_WithoutEnd_StopsAtTheCallDepth() => Assert.Equal("D1011", Evaluated.Error("($f := function($n){$n + $f($n)}; $f(1))", options: Full).Code);

    [Fact]
    public void Recursion_WithAnAbsurdDepthLimit_StillDoesNotExhaustTheStack()
    {
        var limits = ExpressionLimits.Default with { CallDepth = int.MaxValue, Steps = long.MaxValue, Time = TimeSpan.FromMinutes(1) };

        Assert.Equal("D1011", Evaluated.Error("($f := function($n){$n + $f($n)}; $f(1))", options: Full, limits: limits).Code);
    }

    [Fact]
    public void Text_ThatDoublesInALoop_StopsAtTheTextLimit() =>
        Assert.Equal("LIM502", Evaluated.Error("$reduce([1..100], function($s, $i){$s & $s}, \"x\")").Code);

    [Fact]
    public void Pad_ToAGiantWidth_StopsAtTheTextLimit() => Assert.Equal("LIM502", Evaluated.Error("$pad(\"x\", 2000000000)").Code);

    [Fact]
    public void Range_OfTenMillion_IsCountedWithoutBeingBuilt()
    {
        var expression = Evaluated.Compile("$count([1..10000000])");
        var context = new EvaluationContext();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var count = expression.Evaluate(context, Value.Missing);

        Assert.Equal("10000000", count.ToString());
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 10_000);
    }

    [Fact]
    public void Range_BeyondTenMillion_IsAnError() => Assert.Equal("D2014", Evaluated.Error("[1..10000001]").Code);

    [Fact]
    public void Range_WalkedInALoop_StopsAtTheStepLimit()
    {
        var limits = ExpressionLimits.Default with { Time = TimeSpan.FromMinutes(1) };

        Assert.Equal("LIM501", Evaluated.Error("[1..10000000].($ + 1)", limits: limits).Code);
    }

    [Fact]
    public void Time_ThatIsOver_EndsTheEvaluation()
    {
        var limits = ExpressionLimits.Default with { Steps = long.MaxValue, Time = TimeSpan.Zero };

        Assert.Equal("D1012", Evaluated.Error("$sum([1..100000])", limits: limits).Code);
    }

    [Fact]
    public void List_BeyondItsLimit_IsAnError() =>
        Assert.Equal("D2015", Evaluated.Error("[1..1000].($ + 1)", limits: ExpressionLimits.Default with { SequenceLength = 100 }).Code);

    [Fact]
    public void Brackets_NestedTooDeep_AreRefusedByTheParser() =>
        Assert.StartsWith("expression:1:201: error LIM503:", Evaluated.Refused(new string('(', 5000) + "1" + new string(')', 5000)), StringComparison.Ordinal);

    [Fact]
    public void Operators_InAnEndlessRow_AreRefusedByTheParser() =>
        Assert.Contains("LIM503", Evaluated.Refused(string.Join('+', Enumerable.Repeat("1", 100_000))), StringComparison.Ordinal);

    [Fact]
    public void Path_OfEndlessSteps_IsRefusedByTheParserInNoTime()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Contains("LIM503", Evaluated.Refused(string.Join('.', Enumerable.Repeat("a", 100_000))), StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }

    [Theory]
    [InlineData("($f := function($n){$n + $eval(\"((((((((((((((((((((($f($n + 1))))))))))))))))))))))\")}; $f(1))")]
    [InlineData("($f := function($n){$eval(\"[$f($n + 1)]\")}; $f(1))")]
    public void Eval_ThatCallsItself_StopsAtTheCallDepth(string text) =>
        Assert.Equal("D1011", Evaluated.Error(text, options: Full with { Profile = ExpressionProfile.Everything }).Code);

    [Fact]
    public void Begin_OfANewMessage_GivesANewBudget()
    {
        var context = new EvaluationContext(limits: ExpressionLimits.Default with { Steps = 150_000 });
        var expression = Evaluated.Compile("$sum([1..100000])");
        expression.Evaluate(context, Value.Missing);

        Assert.Throws<EvaluationException>(() => expression.Evaluate(context, Value.Missing));
        context.Begin(DateTimeOffset.UnixEpoch);

        Assert.Equal("5000050000", expression.Evaluate(context, Value.Missing).ToString());
    }

    [Fact]
    public void DeepValue_WrittenAsJson_DoesNotExhaustTheStack()
    {
        var limits = ExpressionLimits.Default with { Time = TimeSpan.FromMinutes(1) };
        var expression = Evaluated.Compile("$reduce([1..200000], function($a, $i){ {\"a\": $a} }, 1)");
        var value = expression.Evaluate(new EvaluationContext(limits: limits), Value.Missing);

        Assert.Throws<Mappings.Diagnostics.MappingException>(() => value.ToString());
    }
}
