using System.Globalization;
using Hub.Core.Journal;

namespace Hub.Core.Delivery;

/// <summary>What a target tells deliveries apart by.</summary>
internal static class IdempotencyKey
{
    /// <summary>
    /// <c>MESSAGE-INDEX</c>; after an edit <c>MESSAGE-INDEX.eNUMBER</c>: an idempotent target that did apply an attempt of the
    /// old body, although its answer was lost, would otherwise take the corrected one for a repeat and drop it.
    /// </summary>
    /// <param name="delivery">The delivery.</param>
    /// <param name="prefix">What stands in the place of the message's id; null for the id.</param>
    /// <param name="messageEdit">The number of the edit that gave its message its body; 0 for none.</param>
    /// <param name="deliveryEdit">The number of the edit that gave itself its body; 0 for none.</param>
    public static string Of(DeliveryId delivery, string? prefix, int messageEdit, int deliveryEdit)
    {
        var key = prefix is null ? delivery.ToString() : string.Create(CultureInfo.InvariantCulture, $"{prefix}-{delivery.Index}");
        var edit = Math.Max(messageEdit, deliveryEdit);
        return edit == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}.e{edit}");
    }
}
