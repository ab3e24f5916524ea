namespace Hub.Core.Operations;

/// <summary>Dead messages of one pipeline that died of the same code.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Code">The first error's code.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Example">The newest one's first error.</param>
/// <param name="Ids">The newest ones, at most 20.</param>
public sealed record DeadGroup(string Pipeline, string Code, int Count, FindingView Example, IReadOnlyList<string> Ids);
