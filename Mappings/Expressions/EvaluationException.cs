using Mappings.Diagnostics;

namespace Mappings.Expressions;

/// <summary>An expression that failed on one message.</summary>
public sealed class EvaluationException : MappingException
{
    internal EvaluationException(Finding finding, int start, int end, (int Line, int Column)? inputPosition)
        : base(finding)
    {
        Start = start;
        End = end;
        InputPosition = inputPosition;
    }

    /// <summary>JSONata's code, or one of ours (<c>DAT</c>, <c>LIM</c>).</summary>
    public string Code => Findings[0].Code;

    /// <summary>Offset in the expression's text where the failing part begins.</summary>
    public int Start { get; }

    /// <summary>Offset in the expression's text behind the failing part.</summary>
    public int End { get; }

    /// <summary>Where the offending value stands in the input (from 1); null when it was computed.</summary>
    public (int Line, int Column)? InputPosition { get; }
}
