namespace Mappings.Expressions.Runtime;

/// <summary>A part of an expression's text.</summary>
internal readonly record struct TextSpan(int Start, int End);
