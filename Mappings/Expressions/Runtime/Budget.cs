using System.Runtime.CompilerServices;

namespace Mappings.Expressions.Runtime;

/// <summary>Counts what one message has spent. The methods answer true when a limit is passed; the caller knows where it stands and throws.</summary>
internal sealed class Budget(ExpressionLimits limits, TimeProvider clock)
{
    private const int DeadlineMask = 1023;

    private long _start = clock.GetTimestamp();
    private long _text;

    public ExpressionLimits Limits { get; } = limits;

    public long Steps { get; private set; }

    public int Depth { get; set; }

    public void Restart()
    {
        Steps = 0;
        Depth = 0;
        _text = 0;
        _start = clock.GetTimestamp();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool StepExceeds()
    {
        var steps = ++Steps;
        return (steps & DeadlineMask) == 0 && LimitPassed();
    }

    public bool StepsExceed(long count)
    {
        var before = Steps;
        Steps += count;
        return (before ^ Steps) > DeadlineMask && LimitPassed();
    }

    /// <summary>True when one text, or all texts together, became too long.</summary>
    public bool TextExceeds(int length)
    {
        _text += length;
        return length > Limits.TextLength || _text > Limits.TotalText;
    }

    public bool IsOverSteps => Steps > Limits.Steps;

    public bool IsOverTime => clock.GetElapsedTime(_start) > Limits.Time;

    private bool LimitPassed() => IsOverSteps || IsOverTime;
}
