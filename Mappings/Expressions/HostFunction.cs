namespace Mappings.Expressions;

/// <summary>A function that the hub offers to expressions, such as <c>$table(name, key)</c>.</summary>
/// <param name="Name">Without the dollar sign.</param>
/// <param name="ParameterCount">How many arguments it takes; more is an error, fewer pass missing values.</param>
/// <param name="Body">Called synchronously. It must be thread-safe and may throw <see cref="Diagnostics.MappingException"/>.</param>
public sealed record HostFunction(string Name, int ParameterCount, HostFunctionBody Body);
