namespace Hub.Core.Operations;

/// <summary>A value that took part in another one.</summary>
/// <param name="Path">Its path in the input, or the name or text of what was computed.</param>
/// <param name="Value">The value, a secret one hidden; null when there is none.</param>
/// <param name="At"><c>file:line:column</c> in the input; null for what was computed and for what is not there.</param>
public sealed record ValueOrigin(string Path, string? Value, string? At);
