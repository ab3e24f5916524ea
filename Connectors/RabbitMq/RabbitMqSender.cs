using Hub.Abstractions.Connectors;

namespace Connectors.RabbitMq;

/// <summary>
/// Publishes each message as persistent and mandatory, and returns when the broker has confirmed it. What no queue is bound for
/// is a permanent failure; a refusal, an alarm and a lost channel are transient. A message whose confirm was lost is sent again
/// with the same message id.
/// </summary>
internal sealed class RabbitMqSender(ContentWriter content, Publisher publisher, bool sendsClaims) : ISender
{
    public ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return sendsClaims && message.Claim is { } claim
            ? SendClaimAsync(message, claim, cancellationToken)
            : publisher.PublishAsync(content.Write(message), cancellationToken);
    }

    /// <summary>AMQP frames a body by its length, so that all of it has to be in hand.</summary>
    private async ValueTask SendClaimAsync(OutgoingMessage message, ClaimedPayload claim, CancellationToken cancellationToken)
    {
        var body = new byte[claim.Reference.Length];
        await using (var stream = await claim.OpenAsync(cancellationToken).ConfigureAwait(false))
            await stream.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        var contentType = claim.Reference.ContentType is { Length: > 0 } given ? given : "application/octet-stream";
        await publisher.PublishAsync(content.Write(message, body, contentType), cancellationToken).ConfigureAwait(false);
    }
}
