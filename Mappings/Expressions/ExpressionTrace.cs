namespace Mappings.Expressions;

/// <summary>Called for every part of an expression that was evaluated, innermost first; start and end are offsets in its text.</summary>
public delegate void ExpressionTrace(int start, int end, in Value value);
