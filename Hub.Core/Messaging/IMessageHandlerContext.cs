namespace Hub.Core.Messaging;

/// <summary>The context of a handler.</summary>
public interface IMessageHandlerContext : IMessageProcessingContext
{
    /// <summary>Puts this message behind all that wait in its lane: in the same commit in which it ends now, so that it is never lost and never there twice.</summary>
    Task HandleCurrentMessageLater();
}
