namespace Mappings.Expressions.Runtime;

/// <summary>The types of a function's parameters.</summary>
internal sealed class Signature;
