using Mappings.Expressions;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Conditions are true or false. JSONata's truthiness would let a misspelt field decide where a message goes.</summary>
internal static class Conditions
{
    /// <summary>False, with the reason among the run's findings, when the condition fails or gives neither true nor false.</summary>
    public static bool TryDecide(PipelineRun run, StepDefinition step, StepExpression condition, out bool holds)
    {
        holds = false;
        if (!run.TryEvaluate(condition, step.Path, out var value)) return false;
        if (!value.IsBoolean)
        {
            run.Fail("DAT364", condition.At, step.Path, ("condition", condition.Text), ("found", ShownValue.Of(value)), ("values", Shown.Inputs(run, condition)));
            return false;
        }

        holds = value.IsTrue;
        return true;
    }
}
