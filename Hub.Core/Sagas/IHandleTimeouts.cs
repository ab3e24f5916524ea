using Hub.Core.Messaging;

namespace Hub.Core.Sagas;

/// <summary>Handles a timeout that the saga asked for. It is not called for a saga that is complete: the timeout is then filtered with that reason (SAG855).</summary>
public interface IHandleTimeouts<in T>
{
    /// <summary>The time has come.</summary>
    Task Timeout(T state, IMessageHandlerContext context);
}
