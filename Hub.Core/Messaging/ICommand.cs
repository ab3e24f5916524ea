namespace Hub.Core.Messaging;

/// <summary>Marks a message that asks one endpoint to do something; it cannot be published.</summary>
public interface ICommand : IMessage;
