using Mappings.Diagnostics;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>Text in, closures out.</summary>
internal static class Compiler
{
    public static Expression? Compile(string text, ExpressionOptions options, Findings findings, ExpressionOrigin origin, bool pathOnly)
    {
        _ = (text, options, origin, pathOnly, new Unit(text, origin, options.Strict));
        findings.Error("S0207", origin.Locate(text, 0));
        return null;
    }
}
