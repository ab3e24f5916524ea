using System.Runtime.CompilerServices;
using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Connectors.RabbitMq;

/// <summary>Publishes for one endpoint, on a channel of its own: what the broker closes it for concerns no other endpoint.</summary>
/// <param name="target">What is published to, for findings.</param>
/// <param name="prepare">Declares or checks what is published to, on a channel of its own; null when nothing is to be done.</param>
internal sealed class Publisher(EndpointName endpoint, BrokerLink link, string target, Func<IConnection, CancellationToken, Task>? prepare) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _sync = new();
    private Task<PublishChannel>? _opening;
    private volatile PublishChannel? _channel;

    /// <summary>Returns when the broker has confirmed the message.</summary>
    public ValueTask PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        if (link.Blocked is { } alarm) return ValueTask.FromException(Blocked(alarm));
        if (_channel is not { IsOpen: true } channel) return OpenAndPublishAsync(publication, cancellationToken);
        channel.Publish(publication);
        return WaitAsync(publication, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel) await channel.CloseAsync().ConfigureAwait(false);
    }

    private async ValueTask OpenAndPublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken).ConfigureAwait(false);
        channel.Publish(publication);
        await WaitAsync(publication, cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask WaitAsync(Publication publication, CancellationToken cancellationToken)
    {
        try
        {
            await using var giveUp = cancellationToken.UnsafeRegister(static (state, token) => ((Publication)state!).TrySetCanceled(token), publication).ConfigureAwait(false);
            await publication.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (link.Blocked is not null)
        {
            // The alarm came while the message was under way: that is why nothing came back.
            throw Blocked(link.Blocked);
        }

        switch (publication.Outcome)
        {
            case PublishOutcome.Confirmed:
                return;
            case PublishOutcome.Refused:
                throw new TransientException(BrokerFaults.Of("DLV666", endpoint, ("target", target)));
            case PublishOutcome.Unroutable:
                throw new PermanentException(BrokerFaults.Of("DLV667", endpoint, ("exchange", publication.Exchange), ("routing_key", OutsideText.Excerpt(publication.RoutingKey, [], 255))));
            default:
                throw new TransientException(publication.Finding!);
        }
    }

    private TransientException Blocked(string? alarm) =>
        new(BrokerFaults.Of("DLV668", endpoint, ("alarm", OutsideText.Excerpt(alarm ?? "alarm", [], 100))), Pause);

    private Task<PublishChannel> OpenAsync(CancellationToken cancellationToken)
    {
        Task<PublishChannel> opening;
        lock (_sync)
        {
            if (_opening is null || (_opening.IsCompleted && !(_opening.IsCompletedSuccessfully && _opening.Result.IsOpen)))
            {
                _opening = Task.Run(OpenChannelAsync, CancellationToken.None);
            }

            opening = _opening;
        }

        return opening.IsCompleted ? opening : opening.WaitAsync(cancellationToken);
    }

    private async Task<PublishChannel> OpenChannelAsync()
    {
        var connection = await link.OpenAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (prepare is not null) await prepare(connection, CancellationToken.None).ConfigureAwait(false);
            var channel = await PublishChannel.OpenAsync(connection, Lost, CancellationToken.None).ConfigureAwait(false);
            return _channel = channel;
        }
        catch (OperationInterruptedException error)
        {
            throw new TransientException(BrokerFaults.Failed(endpoint, error, target), null, error);
        }
        catch (Exception error) when (BrokerFaults.IsOutside(error))
        {
            throw new TransientException(BrokerFaults.Failed(endpoint, error, target), null, error);
        }
    }

    private Finding Lost(ShutdownEventArgs? reason) => BrokerFaults.Closed(endpoint, reason, target);
}
