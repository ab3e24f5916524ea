namespace Hub.Core.Messaging;

/// <summary>Handles messages of one type. An instance is made for each message.</summary>
/// <typeparam name="T">A class that System.Text.Json can read.</typeparam>
public interface IHandleMessages<in T>
{
    /// <summary>
    /// Does the work. What it sends through <paramref name="context"/> leaves when it has returned, in one commit with the
    /// message's end; when it throws, nothing of it has happened and it is called again, as the <c>retry</c> of the endpoint's
    /// system says. A <see cref="Hub.Abstractions.PermanentException"/> is not tried again.
    /// </summary>
    Task Handle(T message, IMessageHandlerContext context);
}
