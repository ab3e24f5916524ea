using Mappings.Diagnostics;

namespace Mappings.Expressions;

/// <summary>A call of a host function in an expression's text.</summary>
/// <param name="Name">The function, without the dollar sign.</param>
/// <param name="Arguments">For each argument the constant text that was written, or null when it is computed.</param>
/// <param name="At">Where the call stands.</param>
public sealed record HostCall(string Name, IReadOnlyList<string?> Arguments, SourcePosition At);
