using Mappings.Diagnostics;

namespace Hub.Core.Journal;

/// <summary>
/// A body that is changed before a dead message is tried again. What is sent of it bears a new idempotency key, so that no
/// target takes it for what it may have seen before; the body that was there is kept.
/// </summary>
/// <param name="Delivery">The dead delivery whose body is changed; null to change the message's own, whose pipeline then runs again.</param>
/// <param name="Body">The new body.</param>
/// <param name="By">Who asked.</param>
public sealed record MessageEdit(int? Delivery, ReadOnlyMemory<byte> Body, string By)
{
    /// <summary>What was wrong until now, for the trail.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
