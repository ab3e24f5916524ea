using Mappings.Xrefs;

namespace Hub.Core.Journal;

/// <summary>A delivery reached its target. The last one to settle closes its message.</summary>
/// <param name="delivery">The delivery.</param>
/// <param name="at">When the target confirmed.</param>
public sealed class SettleOperation(DeliveryId delivery, DateTimeOffset at) : JournalOperation
{
    public DeliveryId Delivery { get; } = delivery;

    public DateTimeOffset At { get; } = at;

    /// <summary>The entry of the identity map that arises; null when none does.</summary>
    public XrefEntry? Identity { get; init; }

    public override IReadOnlyList<XrefEntry> Xrefs => Identity is { } entry ? [entry] : [];
}
