using Hub.Abstractions;
using Mappings.Diagnostics;
using Mappings.Xrefs;

namespace Hub.Core.Pipelines;

/// <summary>A pipeline cannot go on before entries of the identity map arrive.</summary>
/// <param name="held">What is waited for, and how long at most.</param>
/// <param name="findings">The same for people, at least one.</param>
public sealed class HeldException(IReadOnlyList<(XrefKey Key, TimeSpan HoldFor)> held, IReadOnlyList<Finding> findings) : HubException(findings[0], null)
{
    public IReadOnlyList<XrefKey> Keys { get; } = [.. held.Select(h => h.Key).Distinct()];

    /// <summary>The shortest of the limits.</summary>
    public TimeSpan HoldFor { get; } = held.Min(h => h.HoldFor);

    public IReadOnlyList<Finding> Findings { get; } = findings;
}
