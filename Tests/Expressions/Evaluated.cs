using Mappings.Diagnostics;
using Mappings.Expressions;
using Xunit;

namespace Tests.Expressions;

/// <summary>Shorthand of the expression tests: compile, evaluate, print.</summary>
internal static class Evaluated
{
    public static Expression Compile(string text, ExpressionOptions? options = null)
    {
        var findings = new Findings();
        var expression = Expression.Compile(text, options ?? ExpressionOptions.Default, findings, ExpressionOrigin.None);
        Assert.True(expression is not null, string.Join('\n', findings));
        return expression;
    }

    public static string Json(string text, string? input = null, ExpressionOptions? options = null, EvaluationContext? context = null) =>
        Compile(text, options).Evaluate(context ?? new EvaluationContext(), input is null ? Value.Missing : JsonTape.Read(input)).ToString();

    public static EvaluationException Error(string text, string? input = null, ExpressionOptions? options = null, ExpressionLimits? limits = null)
    {
        var expression = Compile(text, options);
        return Assert.Throws<EvaluationException>(() => expression.Evaluate(new EvaluationContext(limits: limits), input is null ? Value.Missing : JsonTape.Read(input)));
    }

    /// <summary>The findings of a text that does not compile, one line each.</summary>
    public static string Refused(string text, ExpressionOptions? options = null, ExpressionOrigin? origin = null)
    {
        var findings = new Findings();
        Assert.Null(Expression.Compile(text, options ?? ExpressionOptions.Default, findings, origin ?? ExpressionOrigin.None));
        return string.Join('\n', findings.Select(f => FindingFormatter.Line(f, System.Globalization.CultureInfo.InvariantCulture)));
    }
}
