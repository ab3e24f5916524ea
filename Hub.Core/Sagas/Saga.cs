using Hub.Core.Messaging;

namespace Hub.Core.Sagas;

/// <summary>The base of <see cref="Saga{TSagaData}"/>.</summary>
public abstract class Saga
{
    private protected Saga()
    {
    }

    /// <summary>The saga has said that it is complete.</summary>
    public bool Completed { get; private set; }

    internal abstract Type DataType { get; }

    internal abstract IContainSagaData Entity { get; set; }

    /// <summary>The text of the correlation value, by which messages find the instance; null outside a hub.</summary>
    internal string? Key { get; set; }

    internal abstract SagaCorrelation Correlate();

    /// <summary>The saga has nothing left to do: its data is deleted in the commit of this message. Timeouts that are still to come are ignored, visibly.</summary>
    protected void MarkAsComplete() => Completed = true;

    /// <summary>Asks for a timeout at a time.</summary>
    /// <typeparam name="T">The timeout's type; the saga has <see cref="IHandleTimeouts{T}"/> for it.</typeparam>
    protected Task RequestTimeout<T>(IMessageHandlerContext context, DateTimeOffset at)
        where T : new() => RequestTimeout(context, at, new T());

    /// <summary>The same, with something to remember.</summary>
    protected Task RequestTimeout<T>(IMessageHandlerContext context, DateTimeOffset at, T timeoutMessage)
    {
        var options = new SendOptions();
        options.DoNotDeliverBefore(at);
        return RequestTimeout(context, options, timeoutMessage);
    }

    /// <summary>Asks for a timeout after a time.</summary>
    protected Task RequestTimeout<T>(IMessageHandlerContext context, TimeSpan within)
        where T : new() => RequestTimeout(context, within, new T());

    /// <summary>The same, with something to remember.</summary>
    protected Task RequestTimeout<T>(IMessageHandlerContext context, TimeSpan within, T timeoutMessage)
    {
        var options = new SendOptions();
        options.DelayDeliveryWith(within);
        return RequestTimeout(context, options, timeoutMessage);
    }

    /// <summary>Answers who began the saga.</summary>
    /// <exception cref="InvalidOperationException">The message that began it had no address for replies.</exception>
    protected Task ReplyToOriginator(IMessageHandlerContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        var originator = Entity.Originator ?? throw new InvalidOperationException("The message that began the saga had no address for replies.");
        return context.Send(originator, message);
    }

    private Task RequestTimeout<T>(IMessageHandlerContext context, SendOptions options, T timeoutMessage)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(timeoutMessage);
        options.RouteToThisEndpoint();
        options.SetHeader(Headers.IsSagaTimeoutMessage, bool.TrueString);
        options.SetHeader(Headers.SagaId, Key ?? Entity.Id.ToString());
        return context.Send(timeoutMessage, options);
    }
}
