namespace Mappings.Expressions.Runtime;

/// <summary>A function as a value.</summary>
internal abstract class FunctionValue
{
    /// <summary>How many arguments a higher-order function may pass.</summary>
    public abstract int Arity { get; }

    /// <summary>As errors name it, without the dollar sign.</summary>
    public virtual string Name => "function";

    /// <summary>The types of the parameters, checked at each call; null when there is nothing to check.</summary>
    public virtual Signature? Signature => null;

    /// <summary>True when it calls no other function, so that a call of it adds one frame to the stack and no more.</summary>
    public virtual bool IsLeaf => false;

    /// <summary>Calls the function with checked arguments.</summary>
    public abstract Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx);

    public Value AsValue() => new(Tag.Function, this);
}

/// <summary>A function written in an expression, with the variables around it.</summary>
internal sealed class LambdaFunction(LambdaCode code, Unit unit, Activation? captured, Value root, Value ctx) : FunctionValue
{
    private bool _untyped;

    public override int Arity => code.Parameters;

    public override Signature? Signature => _untyped ? null : code.Signature;

    /// <summary>The same function with nothing checked: what is given in part is no longer a call of the signature.</summary>
    public LambdaFunction Untyped() => new(code, unit, captured, root, ctx) { _untyped = true };

    public override Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value _)
    {
        var activation = new Activation(code.Slots(), captured);
        arguments[..Math.Min(arguments.Length, code.Parameters)].CopyTo(activation.Slots);
        var frame = new Frame(f.Context, unit, root, activation) { At = f.At };
        return code.Body(ref frame, ctx);
    }
}

/// <summary>The compiled part of a lambda, shared by all its closures. Parameters occupy the first slots.</summary>
internal sealed class LambdaCode(int parameters, Signature? signature, Func<int> slots)
{
    public int Parameters { get; } = parameters;

    public Signature? Signature { get; } = signature;

    public Func<int> Slots { get; } = slots;

    public Eval Body { get; set; } = static (ref Frame _, in Value _) => default;
}

/// <summary>A function with some of its arguments given; missing marks the open places.</summary>
internal sealed class PartialFunction(FunctionValue inner, Value[] given, bool[] open, TextSpan at) : FunctionValue
{
    private readonly FunctionValue _inner = inner is LambdaFunction lambda ? lambda.Untyped() : inner;

    /// <summary>A function of the library gets all its arguments and no more: the context does not stand in for one that was left out.</summary>
    private readonly int _count = inner is Builtin ? inner.Signature!.Count : given.Length;

    public override int Arity { get; } = open.Count(o => o);

    public override string Name => inner.Name;

    public override Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx)
    {
        var all = (Value[])given.Clone();
        var next = 0;
        for (var i = 0; i < all.Length; i++)
        {
            if (open[i]) all[i] = next < arguments.Length ? arguments[next++] : default;
        }

        if (all.Length != _count && !(inner is Builtin && inner.Signature!.Repeats)) Array.Resize(ref all, _count);
        return Calls.Apply(ref f, _inner, all, ctx, at);
    }
}

/// <summary><c>$f ~> $g</c>: first the one, then the other.</summary>
internal sealed class ComposedFunction(FunctionValue first, FunctionValue second, TextSpan at) : FunctionValue
{
    public override int Arity => 1;

    public override Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx)
    {
        var argument = arguments.IsEmpty ? default : arguments[0];
        var between = Calls.Apply(ref f, first, new ReadOnlySpan<Value>(in argument), default, at);
        return Calls.Apply(ref f, second, new ReadOnlySpan<Value>(in between), default, at);
    }
}

/// <summary>A function the hub offers.</summary>
internal sealed class HostFunctionValue(HostFunction function) : FunctionValue
{
    public override int Arity => function.ParameterCount;

    public override string Name => function.Name;

    public override Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx)
    {
        if (arguments.Length > function.ParameterCount)
        {
            throw Errors.InCall(f, "T0410", arguments[function.ParameterCount], ("name", Name), ("index", $"{function.ParameterCount + 1}"), ("types", SignatureParameter.Describe(0)));
        }

        var all = new Value[function.ParameterCount];
        arguments.CopyTo(all);
        return function.Body(f.Context, all);
    }
}
