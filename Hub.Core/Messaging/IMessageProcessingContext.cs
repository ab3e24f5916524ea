namespace Hub.Core.Messaging;

/// <summary>What a message came with, and what can be sent while it is worked on. Nothing leaves before the work is durable.</summary>
public interface IMessageProcessingContext
{
    /// <summary>The id of the message in the journal: <c>hub explain ID</c>.</summary>
    string MessageId { get; }

    /// <summary><c>system.endpoint</c> that a reply goes to; null when the message has none.</summary>
    string? ReplyToAddress { get; }

    /// <summary>The headers it came with, by the names in <see cref="Headers"/>.</summary>
    IReadOnlyDictionary<string, string> MessageHeaders { get; }

    /// <summary>Cancelled when the hub stops; the message is worked on again after the next start.</summary>
    CancellationToken CancellationToken { get; }

    /// <summary>Sends to one endpoint: the one the options name, else the one the type is routed to, else the only one that handles it.</summary>
    Task Send(object message, SendOptions options);

    /// <summary>Tells all who subscribe to the type, each by a delivery of its own.</summary>
    Task Publish(object message, PublishOptions options);

    /// <summary>Sends to who sent this message, and to the saga that sent it when it was one.</summary>
    Task Reply(object message, ReplyOptions options);

    /// <summary>Sends this message on as it is.</summary>
    /// <param name="destination"><c>system.endpoint</c></param>
    Task ForwardCurrentMessageTo(string destination);
}
