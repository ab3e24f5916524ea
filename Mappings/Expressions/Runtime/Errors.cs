using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mappings.Diagnostics;

namespace Mappings.Expressions.Runtime;

/// <summary>Builds evaluation errors: the place in the expression's file, and the place of the offending value in the input.</summary>
internal static class Errors
{
    [DoesNotReturn]
    public static void Throw(in Frame f, TextSpan at, string code, in Value operand, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        throw Create(f, at, code, operand, arguments);

    public static EvaluationException Create(in Frame f, TextSpan at, string code, in Value operand, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments) values[name] = value;
        values.TryAdd("value", ShownValue.Of(operand));
        (int, int)? input = operand.TryGetNode(out var tape, out var node) ? tape.PositionOf(node) : null;
        var finding = new Finding
        {
            Code = code,
            At = f.Unit.Origin.Locate(f.Unit.Text, at.Start),
            Length = at.End - at.Start,
            Arguments = values,
        };
        return new EvaluationException(finding, at.Start, at.End, input);
    }

    /// <summary>An error of the built-in function that is running.</summary>
    public static EvaluationException InCall(in Frame f, string code, in Value operand, params ReadOnlySpan<(string Name, string Value)> arguments) =>
        Create(f, f.At, code, operand, arguments);

    [DoesNotReturn]
    public static void OutOfBudget(in Frame f)
    {
        var budget = f.Context.Budget;
        if (budget.IsOverSteps) Throw(f, f.At, "LIM501", default, ("limit", budget.Limits.Steps.ToString("N0", CultureInfo.InvariantCulture)), ("loops", string.Empty));
        Throw(f, f.At, "D1012", default, ("limit", budget.Limits.Time.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)));
    }

    [DoesNotReturn]
    public static void TextTooLong(in Frame f) =>
        Throw(f, f.At, "LIM502", default, ("limit", f.Context.Budget.Limits.TextLength.ToString("N0", CultureInfo.InvariantCulture)), ("total", f.Context.Budget.Limits.TotalText.ToString("N0", CultureInfo.InvariantCulture)));

    [DoesNotReturn]
    public static void TooDeep(in Frame f, TextSpan at) =>
        Throw(f, at, "D1011", default, ("limit", f.Context.Budget.Limits.CallDepth.ToString(CultureInfo.InvariantCulture)));

    [DoesNotReturn]
    public static void SequenceTooLong(in Frame f) =>
        Throw(f, f.At, "D2015", default, ("limit", f.Context.Budget.Limits.SequenceLength.ToString("N0", CultureInfo.InvariantCulture)));
}
