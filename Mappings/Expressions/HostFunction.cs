namespace Mappings.Expressions;

/// <summary>The body of a <see cref="HostFunction"/>. <paramref name="arguments"/> always has as many entries as the function has parameters; left-out ones are missing.</summary>
public delegate Value HostFunctionBody(EvaluationContext context, ReadOnlySpan<Value> arguments);

/// <summary>A function that the hub offers to expressions, such as <c>$table(name, key)</c>.</summary>
/// <param name="Name">Without the dollar sign.</param>
/// <param name="ParameterCount">How many arguments it takes; more is an error, fewer pass missing values.</param>
/// <param name="Body">Called synchronously. It must be thread-safe and may throw <see cref="Diagnostics.MappingException"/>.</param>
public sealed record HostFunction(string Name, int ParameterCount, HostFunctionBody Body);
