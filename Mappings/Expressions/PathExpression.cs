using Mappings.Diagnostics;

namespace Mappings.Expressions;

/// <summary>
/// The plain path of a mapping's short form: names (any letters, or in backticks), <c>.</c>, <c>[n]</c>, <c>$var</c>,
/// <c>$$.</c>, <c>%.</c>. It is a subset of the expression language and runs on the same code.
/// </summary>
public static class PathExpression
{
    /// <summary>Compiles a path; a text that is an expression but no path is reported, with the advice to write <c>= …</c>.</summary>
    /// <returns>The path, or null when <paramref name="findings"/> received an error.</returns>
    public static Expression? Compile(string text, ExpressionOptions options, Findings findings, ExpressionOrigin origin) =>
        Compilation.Compiler.Compile(text, options, findings, origin, pathOnly: true);
}
