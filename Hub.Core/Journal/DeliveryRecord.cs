using Hub.Abstractions.Messages;
using Mappings.Xrefs;

namespace Hub.Core.Journal;

/// <summary>One thing to be sent to one endpoint.</summary>
/// <param name="Destination">Where to.</param>
/// <param name="Part">Which part of a split message, from 0; 0 when the message was not split.</param>
/// <param name="Body">What to send; null when it is the message's own body.</param>
public sealed record DeliveryRecord(EndpointName Destination, int Part, ReadOnlyMemory<byte>? Body)
{
    /// <summary>The first attempt is not before this time; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The number of the edit that gave it this body; 0 when its pipeline did. Set by the store.</summary>
    public int Edit { get; init; }

    /// <summary>The entry of the identity map that arises when it is settled; null when none does.</summary>
    public XrefEntry? Identity { get; init; }
}
