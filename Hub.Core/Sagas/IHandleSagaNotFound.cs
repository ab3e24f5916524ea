using Hub.Core.Messaging;

namespace Hub.Core.Sagas;

/// <summary>Called when a message that no saga starts with finds no saga. What it sends is committed with the message's end; when it throws, it is called again like a handler.</summary>
public interface IHandleSagaNotFound
{
    /// <summary>Does what is to be done instead.</summary>
    Task Handle(object message, IMessageProcessingContext context);
}
