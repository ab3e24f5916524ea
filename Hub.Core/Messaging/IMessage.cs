namespace Hub.Core.Messaging;

/// <summary>Marks a class as a message. Not needed: any class with a handler is one.</summary>
#pragma warning disable CA1040 // The words NServiceBus users know: the marker is the point.
public interface IMessage;
#pragma warning restore CA1040
