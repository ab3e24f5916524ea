using Hub.Abstractions.Connectors;

namespace Hub.Core.Delivery;

/// <summary>An endpoint as deliveries and requests see it: the gate of its system and what talks to it.</summary>
/// <param name="Gate">The system's limits.</param>
/// <param name="Connection">Kept open as long as it is used.</param>
/// <param name="Sender">Null when the endpoint cannot be sent to.</param>
/// <param name="Requester">Null when the endpoint cannot be asked.</param>
internal sealed record Target(Gate Gate, SystemConnection Connection, ISender? Sender, IRequester? Requester);
