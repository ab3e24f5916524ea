using Hub.Core.Journal;

namespace Hub.Core.Pipelines;

/// <summary>
/// How a step left the message. There are three ways and no fourth: what did not clearly pass and was not filtered on
/// purpose has failed, and a failed message goes no further.
/// </summary>
internal readonly record struct StepResult
{
    private StepResult(StepResultKind kind) => Kind = kind;

    public StepResultKind Kind { get; }

    public static StepResult Passed { get; } = new(StepResultKind.Passed);

    /// <summary>Ended on purpose.</summary>
    public static StepResult Filtered { get; } = new(StepResultKind.Filtered);

    /// <summary>The reasons are in the run's findings.</summary>
    public static StepResult Failed { get; } = new(StepResultKind.Failed);
}
