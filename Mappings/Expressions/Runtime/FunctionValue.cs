namespace Mappings.Expressions.Runtime;

/// <summary>A function as a value.</summary>
internal abstract class FunctionValue
{
    /// <summary>How many arguments a higher-order function may pass.</summary>
    public abstract int Arity { get; }

    /// <summary>The types of the parameters, checked at each call; null when there is nothing to check.</summary>
    public virtual Signature? Signature => null;

    /// <summary>Calls the function with checked arguments.</summary>
    public abstract Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx);
}
