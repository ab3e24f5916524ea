using Mappings.Diagnostics;
using Mappings.Expressions;
using Xunit;

namespace Tests.Expressions;

public sealed class PathExpressionTests
{
    private const string Order = """{"header":{"orderNo":"SO-1"},"lines":[{"sku":"A","qty":1},{"sku":"B","qty":2}],"姓名":"王","order no":7,"_text":"t"}""";

    [Theory]
    [InlineData("header.orderNo", "\"SO-1\"")]
    [InlineData("lines[0].sku", "\"A\"")]
    [InlineData("lines[-1].sku", "\"B\"")]
    [InlineData("lines.sku", "[\"A\",\"B\"]")]
    [InlineData("姓名", "\"王\"")]
    [InlineData("`order no`", "7")]
    [InlineData("_text", "\"t\"")]
    [InlineData("header.missing", "missing")]
    [InlineData("$$.header.orderNo", "\"SO-1\"")]
    [InlineData("$file.no", "9")]
    [InlineData("%.parent", "5")]
    [InlineData("%.%.parent", "4")]
    public void Path_OverARecord_ReadsIt(string text, string expected)
    {
        var findings = new Findings();
        var path = PathExpression.Compile(text, ExpressionOptions.Default with { Variables = ["file"] }, findings, ExpressionOrigin.None);
        var context = new EvaluationContext(["file"]) { Parents = [JsonTape.Read("""{"parent":4}"""), JsonTape.Read("""{"parent":5}""")] };
        context.Set("file", JsonTape.Read("""{"no":9}"""));

        Assert.Equal(expected, path!.Evaluate(context, JsonTape.Read(Order)).ToString());
    }

    [Theory]
    [InlineData("a + b")]
    [InlineData("lines[qty > 1].sku")]
    [InlineData("$sum(a)")]
    [InlineData("a.*")]
    [InlineData("\"text\"")]
    public void Path_ThatIsAnExpression_IsRefusedWithAdvice(string text)
    {
        var findings = new Findings();

        Assert.Null(PathExpression.Compile(text, ExpressionOptions.Default, findings, ExpressionOrigin.None));
        Assert.Equal("MAP270", Assert.Single(findings).Code);
    }

    [Fact]
    public void Path_ThatMeetsSeveralValues_SaysSo()
    {
        var input = JsonTape.Read(Order);

        Assert.True(Evaluated.Compile("lines.sku").Evaluate(new EvaluationContext(), input).IsSequenceOfMany);
        Assert.False(Evaluated.Compile("lines").Evaluate(new EvaluationContext(), input).IsSequenceOfMany);
        Assert.False(Evaluated.Compile("lines[0].sku").Evaluate(new EvaluationContext(), input).IsSequenceOfMany);
    }

    [Fact]
    public void Document_WhenSet_IsWhatDoubleDollarMeans()
    {
        var context = new EvaluationContext { Document = JsonTape.Read("""{"a":1}""") };

        Assert.Equal("1", Evaluated.Json("$$.a", "{}", context: context));
    }
}
