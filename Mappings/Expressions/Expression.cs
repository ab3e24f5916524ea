using System.Runtime.CompilerServices;
using Mappings.Diagnostics;
using Mappings.Expressions.Compilation;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions;

/// <summary>A compiled JSONata expression. Immutable; shared by all threads.</summary>
public sealed class Expression
{
    private readonly Unit _unit;
    private readonly Eval _body;
    private readonly Lazy<Eval> _traced;
    private readonly int _slots;
    private readonly PlainPathCode? _path;

    internal Expression(Unit unit, Eval body, Func<Eval> traced, int slots, ExpressionFacts facts)
    {
        _path = body.Target as PlainPathCode is { IsBare: true } path ? path : null;
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
        if (TryFollow(context, input, out var followed)) return followed;
        var start = Sequences.WrapInput(input);
        var frame = new Frame(context, _unit, context.Document.IsMissing ? start : Sequences.WrapInput(context.Document), _slots == 0 ? null : new Activation(_slots, null));
        var body = context.Trace is null ? _body : _traced.Value;
        var depth = context.Budget.Depth;
        var result = body(ref frame, start);
        context.Budget.Depth = depth;
        return Sequences.Unwrap(result);
    }

    /// <summary>The shortcut of an expression that is a path of names over one object: it needs no frame and cannot fail.</summary>
    /// <returns>False when it is more than that, or meets a list.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryFollow(EvaluationContext context, in Value input, out Value value)
    {
        if (_path is not null && input.Tag == Tag.TapeObject && context.Trace is null) return _path.TryFollow(input, out value);
        value = default;
        return false;
    }
}
