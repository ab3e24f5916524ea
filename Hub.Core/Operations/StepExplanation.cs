using Hub.Core.Journal;

namespace Hub.Core.Operations;

/// <summary>How one step left the message.</summary>
/// <param name="Kind">The step's kind, such as <c>map</c>.</param>
/// <param name="Subject">What it is about, such as the mapping's name; empty when the kind says all.</param>
/// <param name="At"><c>file:line</c> of the step.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Microseconds">How long it took.</param>
public sealed record StepExplanation(string Kind, string Subject, string At, StepResultKind Result, int Microseconds);
