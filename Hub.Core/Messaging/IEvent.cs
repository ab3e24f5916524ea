namespace Hub.Core.Messaging;

/// <summary>Marks a message that tells what has happened; it cannot be sent to one endpoint.</summary>
public interface IEvent : IMessage;
