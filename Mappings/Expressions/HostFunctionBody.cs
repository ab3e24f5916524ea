namespace Mappings.Expressions;

/// <summary>The body of a <see cref="HostFunction"/>. <paramref name="arguments"/> always has as many entries as the function has parameters; left-out ones are missing.</summary>
public delegate Value HostFunctionBody(EvaluationContext context, ReadOnlySpan<Value> arguments);
