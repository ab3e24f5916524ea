namespace Mappings.Expressions.Runtime;

/// <summary>The text a piece of compiled code came from: a function keeps it when another expression calls it.</summary>
internal sealed record Unit(string Text, ExpressionOrigin Origin, bool Strict, ExpressionProfile Profile);
