using Hub.Core.Pipelines;
using Mappings.Diagnostics;

namespace Hub.Core.Messaging;

/// <summary>How the work on a message ended.</summary>
/// <param name="Step">Passed, filtered or failed.</param>
/// <param name="Effects">What is to be committed; null unless it passed.</param>
/// <param name="Findings">Why it was filtered or failed, and warnings.</param>
internal readonly record struct WorkResult(StepResult Step, HandlerEffects? Effects, IReadOnlyList<Finding> Findings)
{
    public static WorkResult Done(HandlerEffects effects, IReadOnlyList<Finding> warnings) => new(StepResult.Passed, effects, warnings);

    public static WorkResult Failed(Finding finding) => new(StepResult.Failed, null, [finding]);

    public static WorkResult Filtered(Finding finding) => new(StepResult.Filtered, null, [finding]);
}
