using Mappings.Diagnostics;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions;

/// <summary>A compiled JSONata expression. Immutable; shared by all threads.</summary>
public sealed class Expression
{
    private readonly Unit _unit;
    private readonly Eval _body;
    private readonly Lazy<Eval> _traced;
    private readonly int _slots;

    internal Expression(Unit unit, Eval body, Func<Eval> traced, int slots, ExpressionFacts facts)
    {
        _unit = unit;
        _body = body;
        _traced = new Lazy<Eval>(traced);
        _slots = slots;
        Facts = facts;
    }

    public string Text => _unit.Text;

    public ExpressionFacts Facts { get; }

    /// <summary>Compiles a text.</summary>
    /// <param name="findings">Receives every error, at its place in the file.</param>
    /// <returns>The expression, or null when <paramref name="findings"/> received an error.</returns>
    public static Expression? Compile(string text, ExpressionOptions options, Findings findings, ExpressionOrigin origin) =>
        Compilation.Compiler.Compile(text, options, findings, origin, pathOnly: false);

    /// <summary>Evaluates over one input.</summary>
    /// <param name="context">The message's variables and limits; made for the same variables as this expression.</param>
    /// <param name="input">What <c>$</c> means.</param>
    /// <returns>The result; a sequence of one is that one, an empty one is missing.</returns>
    /// <exception cref="EvaluationException">The message's values do not fit, or a limit was passed.</exception>
    public Value Evaluate(EvaluationContext context, in Value input)
    {
        ArgumentNullException.ThrowIfNull(context);
        var start = Sequences.WrapInput(input);
        var frame = new Frame(context, _unit, context.Document.IsMissing ? start : Sequences.WrapInput(context.Document), _slots == 0 ? null : new Activation(_slots, null));
        var body = context.Trace is null ? _body : _traced.Value;
        var depth = context.Budget.Depth;
        var result = body(ref frame, start);
        context.Budget.Depth = depth;
        return Sequences.Unwrap(result);
    }
}
