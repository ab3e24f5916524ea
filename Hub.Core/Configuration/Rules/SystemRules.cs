using FluentValidation;

namespace Hub.Core.Configuration.Rules;

/// <summary>What must hold between the fields of a system.</summary>
internal sealed class SystemRules : AbstractValidator<SystemConfig>
{
    public SystemRules()
    {
        RuleFor(s => s.Retry.Delayed).Must(Ascend)
            .Reports("CFG220", "retry.delayed");
        RuleFor(s => s.Retry.Delayed.Count).LessThanOrEqualTo(20)
            .Reports("CFG221", "retry.delayed");
        RuleFor(s => s.Retry.Jitter).InclusiveBetween(0m, 1m)
            .Reports("CFG222", "retry.jitter");
        RuleFor(s => s.Limits.Timeout).GreaterThan(TimeSpan.Zero)
            .Reports("CFG223", "limits.timeout");
        RuleFor(s => s.Breaker.Open).GreaterThan(TimeSpan.Zero)
            .Reports("CFG223", "breaker.open");
    }

    private static bool Ascend(IReadOnlyList<TimeSpan> waits) =>
        waits.Zip(waits.Skip(1)).All(pair => pair.First < pair.Second) && waits.All(w => w > TimeSpan.Zero);
}
