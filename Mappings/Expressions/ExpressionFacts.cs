namespace Mappings.Expressions;

/// <summary>What is known about an expression without running it.</summary>
public sealed record ExpressionFacts
{
    /// <summary>True when nothing shows that the result is a single value: a path through a list, a filter without an index.</summary>
    public required bool MayBeMany { get; init; }

    /// <summary>True when the result depends on nothing outside the text.</summary>
    public required bool IsConstant { get; init; }

    /// <summary>False when <c>$now</c>, <c>$millis</c>, <c>$random</c> or a host function takes part.</summary>
    public required bool IsDeterministic { get; init; }

    /// <summary>True when <c>$$</c> is used, so that the whole document must be at hand.</summary>
    public required bool UsesDocument { get; init; }

    /// <summary>True when <c>%</c> reaches above the expression's input.</summary>
    public required bool UsesParent { get; init; }

    /// <summary>Every path of the source that the result can depend on, also those inside filters and function arguments.</summary>
    public required IReadOnlyList<SourcePath> Paths { get; init; }

    /// <summary>The outside variables it reads, without the dollar sign.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    public required IReadOnlyList<HostCall> HostCalls { get; init; }

    /// <summary>The path when the expression is nothing but one plain path; null otherwise.</summary>
    public SourcePath? PlainPath { get; init; }
}
