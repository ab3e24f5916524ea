using Hub.Abstractions.Ingress;
using Mappings.Diagnostics;
using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>
/// One channel that takes messages from a queue, from its opening to its end. Each message is offered to the hub at once, in
/// the order of the queue, and acknowledged when the hub has answered; what is not acknowledged at the end, the broker hands out again.
/// </summary>
internal sealed class ReceiveSession : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ReceiveContext _context;
    private readonly IChannel _channel;
    private readonly HeldDeliveries _held;
    private readonly Acknowledger _acks;
    private readonly PrefetchRule _prefetch;
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource<Finding> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _subscribing = Task.CompletedTask;
    private string _consumerTag = string.Empty;
    private int _accepting;

    private ReceiveSession(ReceiveContext context, IChannel channel, CancellationToken cancellationToken)
    {
        _context = context;
        _channel = channel;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _prefetch = new PrefetchRule(context.Endpoint);
        _acks = new Acknowledger(channel, _prefetch, context.Position, error => End(BrokerFaults.Failed(context.Endpoint.Name, error, context.Queue.Name)));
        _held = new HeldDeliveries(context, Offer, _stop.Token);
    }

    /// <summary>Opens a channel and takes messages on it.</summary>
    public static async Task<ReceiveSession> OpenAsync(ReceiveContext context, IConnection connection, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(false, false, null, 1), cancellationToken).ConfigureAwait(false);
        var session = new ReceiveSession(context, channel, cancellationToken);
        try
        {
            await session.SubscribeAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends when nothing more comes on this channel, with the reason.</summary>
    public Task<Finding> EndedAsync(CancellationToken cancellationToken) => _ended.Task.WaitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _subscribing.ConfigureAwait(false);
            if (_channel.IsOpen && _consumerTag.Length > 0) await _channel.BasicCancelAsync(_consumerTag).ConfigureAwait(false);
            await _stop.CancelAsync().ConfigureAwait(false);
            await FinishAsync().ConfigureAwait(false);
            await _acks.FlushAsync().ConfigureAwait(false);
            if (_channel.IsOpen) await _channel.CloseAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (BrokerFaults.IsOutside(error))
        {
            // What was not acknowledged comes again.
        }

        _ended.TrySetCanceled();
        await _channel.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>What the hub is at work on is waited for a moment, so that it need not come again.</summary>
    private async Task FinishAsync()
    {
        for (var waited = TimeSpan.Zero; Volatile.Read(ref _accepting) > 0 && waited < Patience; waited += TimeSpan.FromMilliseconds(20))
            await Task.Delay(TimeSpan.FromMilliseconds(20), _context.Clock, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        var queue = _context.Queue;
        await _channel.BasicQosAsync(0, (ushort)_prefetch.Current, global: false, cancellationToken).ConfigureAwait(false);
        var arguments = queue.IsStream ? new Dictionary<string, object?> { [StreamOffset.Argument] = _context.Position!.Begin } : null;
        var cancelled = BrokerFaults.Of("ING760", _context.Endpoint.Name, ("queue", queue.Name));
        var consumer = new HubConsumer(_channel, Deliver, reason => End(reason ?? BrokerFaults.Closed(_context.Endpoint.Name, _channel.CloseReason, queue.Name)), cancelled);
        _consumerTag = await _channel.BasicConsumeAsync(queue.Name, autoAck: false, string.Empty, noLocal: false, exclusive: false, arguments, consumer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes with another prefetch from here on. What is in hand stays in hand: cancelling a consumer gives nothing back.</summary>
    private async Task SubscribeAnewAsync()
    {
        try
        {
            await _channel.BasicCancelAsync(_consumerTag, noWait: false, _stop.Token).ConfigureAwait(false);
            await SubscribeAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (BrokerFaults.IsOutside(error))
        {
            End(BrokerFaults.Failed(_context.Endpoint.Name, error, _context.Queue.Name));
        }
    }

    private void Deliver(ulong tag, IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        if (_ended.Task.IsCompleted) return;
        var delivery = _context.Reader.Read(tag, properties, body.ToArray());
        _acks.Delivered(delivery);
        if (_subscribing.IsCompleted && _prefetch.Seen(delivery.Body.Length)) _subscribing = Task.Run(SubscribeAnewAsync, CancellationToken.None);
        if (!_held.TryHold(delivery)) Offer(delivery);
    }

    /// <returns>False when the hub takes nothing now: the delivery is held.</returns>
    private bool Offer(Delivery delivery)
    {
        Interlocked.Increment(ref _accepting);
        ValueTask<IngressResult> accepting;
        try
        {
            accepting = _context.Ingress.AcceptAsync(_context.Endpoint.Name, delivery.Payload, _stop.Token);
        }
        catch (Exception error)
        {
            accepting = ValueTask.FromException<IngressResult>(error);
        }

        if (accepting.IsCompletedSuccessfully) return Answered(delivery, accepting.Result);
        _ = WatchAsync(delivery, accepting);
        return true;
    }

    private async Task WatchAsync(Delivery delivery, ValueTask<IngressResult> accepting)
    {
        IngressResult result;
        try
        {
            result = await accepting.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Interlocked.Decrement(ref _accepting);
            return;
        }
        catch (Exception error)
        {
            Log.ReceiveFailed(_context.Logger, error, _context.Endpoint.Name.ToString());
            result = new IngressResult { Status = IngressStatus.Unavailable };
        }

        Answered(delivery, result);
    }

    private bool Answered(Delivery delivery, IngressResult result)
    {
        Interlocked.Decrement(ref _accepting);
        switch (result.Status)
        {
            case IngressStatus.Accepted or IngressStatus.Duplicate:
            // All of it is a dead letter of the hub.
            case IngressStatus.Malformed when result.Malformed > 0:
                if (_context.Retries is { } retries && retries.IsRetry(delivery)) _ = AcknowledgeRetryAsync(retries, delivery);
                else _acks.Done(delivery);
                return true;
            case IngressStatus.Malformed or IngressStatus.TooLarge when _context.Errors is not null:
                _ = ToErrorQueueAsync(_context.Errors, delivery, result);
                return true;
            case IngressStatus.Malformed or IngressStatus.TooLarge:
                // Neither the hub nor a queue of errors can keep it: it stays where it is, and is not handed out again before the channel ends.
                Log.QueueMessageParked(_context.Logger, _context.Endpoint.Name.ToString(), result.Finding?.ToString() ?? result.Status.ToString());
                return true;
            default:
                _held.Hold(delivery, result);
                return false;
        }
    }

    private async Task ToErrorQueueAsync(ErrorQueue errors, Delivery delivery, IngressResult result)
    {
        if (await errors.TrySendAsync(delivery, result.Finding, _stop.Token).ConfigureAwait(false)) _acks.Done(delivery);
        else _held.Hold(delivery, new IngressResult { Status = IngressStatus.Unavailable });
    }

    private async Task AcknowledgeRetryAsync(RetryAcknowledgements retries, Delivery delivery)
    {
        await retries.SendAsync(delivery, _stop.Token).ConfigureAwait(false);
        _acks.Done(delivery);
    }

    private void End(Finding reason) => _ended.TrySetResult(reason);
}
