using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>A lane in which a delivery to one destination is dead.</summary>
public sealed record DeadLane(string Pipeline, string Key, EndpointName Destination, DeliveryId Delivery);
