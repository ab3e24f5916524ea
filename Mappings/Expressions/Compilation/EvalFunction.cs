using Mappings.Diagnostics;
using Mappings.Expressions.Binding;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>
/// <c>$eval(text, context)</c>: compiles a text where it stands, so that it sees the variables around it. Only with
/// <see cref="ExpressionProfile.Everything"/>: the text comes from a message.
/// </summary>
internal sealed class EvalFunction(ExpressionOptions options, Scope scope, Activation? activation, Value root) : FunctionValue
{
    private static readonly Signature Types = Signature.Parse("<sx?:x>", out _)!;

    public override int Arity => 1;

    public override string Name => "eval";

    public override Signature Signature => Types;

    public override Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx)
    {
        if (arguments.IsEmpty || arguments[0].IsMissing) return default;
        var text = arguments[0].AsText()!;
        f.Step(1 + text.Length);
        var findings = new Findings();
        var unit = new Unit(text, ExpressionOrigin.None, options.Strict, options.Profile);
        var body = Compiler.Inside(unit, options, findings, scope);
        if (body is null) throw Errors.InCall(f, "D3120", arguments[0], ("reason", findings.First().Message()));
        var input = arguments.Length > 1 && !arguments[1].IsMissing ? Sequences.WrapInput(arguments[1]) : ctx;
        var frame = new Frame(f.Context, unit, root, activation);
        try
        {
            return Sequences.Unwrap(body(ref frame, input));
        }
        catch (EvaluationException error) when (!IsLimit(error.Code))
        {
            throw Errors.InCall(f, "D3121", arguments[0], ("reason", error.Findings[0].Message()));
        }
    }

    /// <summary>What ends the message ends it under its own name.</summary>
    private static bool IsLimit(string code) => code.StartsWith("LIM", StringComparison.Ordinal) || code is "D1011" or "D1012" or "D2014" or "D2015";
}
