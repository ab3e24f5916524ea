namespace Mappings.Expressions.Runtime;

/// <summary>The body of a built-in. <paramref name="a"/> has an entry for every parameter; <see cref="Frame.At"/> is the call.</summary>
internal delegate Value BuiltinBody(ref Frame f, ReadOnlySpan<Value> a, in Value ctx);

/// <summary>A function of the language's library.</summary>
internal sealed class Builtin : FunctionValue
{
    private const int Inline = 4;

    private readonly BuiltinBody _body;
    private readonly int _count;

    /// <param name="arity">Arguments a higher-order function passes; by default one for each parameter.</param>
    public Builtin(string name, string signature, BuiltinBody body, int? arity = null)
    {
        Name = name;
        Signature = Signature.Parse(signature, out _)!;
        Result = signature.LastIndexOf(':') is var colon and > 0 ? signature[colon + 1] : 'x';
        _body = body;
        _count = Signature.Count;
        IsLeaf = !Signature.TakesFunctions;
        Arity = arity ?? _count;
    }

    public override string Name { get; }

    public override Signature Signature { get; }

    public override int Arity { get; }

    /// <summary>The letter of the result's type in the signature, which JSONata does not check: <c>s n b a o</c>, <c>x</c> when it may be anything.</summary>
    public char Result { get; }

    public override bool IsLeaf { get; }

    /// <summary>False when the result depends on more than the arguments.</summary>
    public bool IsDeterministic { get; init; } = true;

    /// <summary>Only with <see cref="ExpressionProfile.Full"/>.</summary>
    public bool IsPicture { get; init; }

    /// <summary>Only with <see cref="ExpressionProfile.Everything"/>.</summary>
    public bool IsUnbounded { get; init; }

    /// <summary>True when the result is one value whatever the argument: for the may-be-many analysis.</summary>
    public bool YieldsOne { get; init; } = true;

    public override Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx)
    {
        if (arguments.Length >= _count) return _body(ref f, arguments, ctx);
        if (_count > Inline)
        {
            var many = new Value[_count];
            arguments.CopyTo(many);
            return _body(ref f, many, ctx);
        }

        var padded = new Arguments4();
        Span<Value> span = padded;
        arguments.CopyTo(span);
        return _body(ref f, span[.._count], ctx);
    }
}

[System.Runtime.CompilerServices.InlineArray(4)]
internal struct Arguments4
{
    private Value _first;
}
