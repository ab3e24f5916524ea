namespace Hub.Core.Journal;

/// <summary>One step's outcome, kept in two bytes and a duration.</summary>
/// <param name="Step">The step's place in the pipeline, from 0.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Microseconds">How long it took.</param>
public readonly record struct StepOutcome(byte Step, StepResultKind Result, int Microseconds);
