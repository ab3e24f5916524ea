namespace Mappings.Expressions;

/// <summary>What an expression may use and how strict it is.</summary>
public sealed record ExpressionOptions
{
    public static ExpressionOptions Default { get; } = new();

    public ExpressionProfile Profile { get; init; } = ExpressionProfile.Hub;

    /// <summary>
    /// True (the hub): a missing operand of arithmetic or <c>&amp;</c>, and a division by zero, is an error that names the
    /// operand; an unknown variable is a compile error. False (JSONata's own manner): the missing value spreads silently.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>Names known from outside, without the dollar sign; a variable's position is its slot in <see cref="EvaluationContext"/>.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    public IReadOnlyList<HostFunction> HostFunctions { get; init; } = [];

    /// <summary>What the compiler may do in a special way; <see cref="Expressions.Shortcuts.All"/> but for tests.</summary>
    internal Shortcuts Shortcuts { get; init; } = Shortcuts.All;
}
