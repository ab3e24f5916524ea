namespace Mappings.Mapping.Checking;

/// <summary>What an expression is evaluated on, and what stands around it.</summary>
/// <param name="Type">The type of <c>$</c>.</param>
/// <param name="Parent">What <c>%</c> means; null when it is not known.</param>
internal sealed record TypeContext(StaticType Type, TypeContext? Parent);
