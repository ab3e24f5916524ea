namespace Hub.Core.Journal;

/// <summary>How a step of the pipeline left the message.</summary>
public enum StepResultKind : byte
{
    Passed = 0,
    Filtered = 1,
    Failed = 2,
}
