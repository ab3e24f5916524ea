namespace Hub.Core.Messaging;

/// <summary>The short forms.</summary>
public static class MessageContextExtensions
{
    /// <summary>Sends to the endpoint that the type is routed to, or the only one that handles it.</summary>
    public static Task Send(this IMessageProcessingContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Send(message, new SendOptions());
    }

    /// <summary>Sends to an endpoint.</summary>
    /// <param name="destination"><c>system.endpoint</c></param>
    public static Task Send(this IMessageProcessingContext context, string destination, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = new SendOptions();
        options.SetDestination(destination);
        return context.Send(message, options);
    }

    /// <summary>Sends to the endpoint that works on the current message.</summary>
    public static Task SendLocal(this IMessageProcessingContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        var options = new SendOptions();
        options.RouteToThisEndpoint();
        return context.Send(message, options);
    }

    /// <summary>Tells all who subscribe.</summary>
    public static Task Publish(this IMessageProcessingContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Publish(message, new PublishOptions());
    }

    /// <summary>Answers who sent the current message.</summary>
    public static Task Reply(this IMessageProcessingContext context, object message)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Reply(message, new ReplyOptions());
    }
}
