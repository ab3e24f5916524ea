using Mappings.Expressions;

namespace Hub.Core.Pipelines;

/// <summary>The document that a split step cut into parts.</summary>
/// <param name="Value">What it says.</param>
/// <param name="HasInputPositions">Whether its places are places in the sender's input.</param>
internal readonly record struct WholeDocument(Value Value, bool HasInputPositions);
