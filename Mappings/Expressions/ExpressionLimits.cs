namespace Mappings.Expressions;

/// <summary>What one message may cost. Every limit has a clear error; none is a crash.</summary>
public sealed record ExpressionLimits
{
    public static ExpressionLimits Default { get; } = new();

    /// <summary>Function calls inside each other; 256.</summary>
    public int CallDepth { get; init; } = 256;

    /// <summary>Loop turns, calls and sequence appends; 1,000,000.</summary>
    public long Steps { get; init; } = 1_000_000;

    /// <summary>Wall time; one second.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Characters of one computed text; 1,048,576.</summary>
    public int TextLength { get; init; } = 1 << 20;

    /// <summary>Characters of all computed texts together; 16,777,216.</summary>
    public long TotalText { get; init; } = 1 << 24;

    /// <summary>Elements of one computed list; 1,000,000.</summary>
    public int SequenceLength { get; init; } = 1_000_000;

    /// <summary>Numbers of one range <c>[a..b]</c>; 10,000,000 (they are made one by one, so a count costs nothing).</summary>
    public int RangeLength { get; init; } = 10_000_000;
}
