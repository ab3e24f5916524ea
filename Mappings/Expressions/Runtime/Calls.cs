using System.Runtime.CompilerServices;

namespace Mappings.Expressions.Runtime;

/// <summary>A call that the function in whose tail position it stands leaves to its caller, so that loops by recursion need no stack.</summary>
internal sealed class PendingCall(FunctionValue function, Value[] arguments, Value ctx, TextSpan at)
{
    public FunctionValue Function { get; } = function;

    public Value[] Arguments { get; } = arguments;

    public Value Ctx { get; } = ctx;

    public TextSpan At { get; } = at;
}

/// <summary>The one way a function is called.</summary>
internal static class Calls
{
    public static Value Apply(ref Frame f, FunctionValue function, ReadOnlySpan<Value> arguments, in Value ctx, TextSpan at, bool keep = false)
    {
        var result = ApplyRaw(ref f, function, arguments, ctx, at);
        if (keep && Sequences.IsSequence(result)) return Sequences.Unwrap(new Value(Tag.Seq, result.Seq.WithFlags(result.Seq.Flags | SeqFlags.KeepSingleton)));
        return Sequences.Unwrap(result);
    }

    /// <summary>A call whose result is not the value of an expression: a sequence of one, or of none, stays what it is.</summary>
    public static Value ApplyRaw(ref Frame f, FunctionValue function, ReadOnlySpan<Value> arguments, in Value ctx, TextSpan at)
    {
        f.At = at;
        f.Step();
        var budget = f.Context.Budget;
        if (++budget.Depth > budget.Limits.CallDepth || !(function.IsLeaf || RuntimeHelpers.TryEnsureSufficientExecutionStack())) Errors.TooDeep(f, at);
        var result = Invoke(ref f, function, arguments, ctx, at);
        while (result.Tag == Tag.TailCall)
        {
            var pending = Unsafe.As<PendingCall>(result.Ref!);
            f.Step();
            result = Invoke(ref f, pending.Function, pending.Arguments, pending.Ctx, pending.At);
        }

        budget.Depth--;
        return result;
    }

    /// <summary>Calls a function for one element of a list, passing position and list to functions that have parameters for them.</summary>
    /// <returns>What <see cref="ApplyRaw"/> gives.</returns>
    public static Value ApplyToItem(ref Frame f, FunctionValue function, in Value item, long index, in Value all)
    {
        var arguments = new Arguments3();
        Span<Value> span = arguments;
        span[0] = item;
        var count = 1;
        if (function.Arity >= 2)
        {
            span[1] = Value.FromNumber(index);
            count = 2;
        }

        if (function.Arity >= 3)
        {
            span[2] = all;
            count = 3;
        }

        return ApplyRaw(ref f, function, span[..count], default, f.At);
    }

    private static Value Invoke(ref Frame f, FunctionValue function, ReadOnlySpan<Value> arguments, in Value ctx, TextSpan at)
    {
        f.At = at;
        if (function.Signature is { } signature && !signature.FitsAsIs(arguments)) arguments = signature.Validate(ref f, arguments, ctx, at, function.Name);
        return function.Invoke(ref f, arguments, ctx);
    }
}

[InlineArray(2)]
internal struct Arguments2
{
    private Value _first;
}

[InlineArray(3)]
internal struct Arguments3
{
    private Value _first;
}
