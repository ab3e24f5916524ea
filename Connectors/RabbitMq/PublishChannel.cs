using System.Collections.Concurrent;
using Mappings.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Connectors.RabbitMq;

/// <summary>
/// One channel with publisher confirms, for any number of messages at once. The n-th message on it has the confirm number n:
/// the messages are written one after the other by whoever comes first, while others add theirs, and confirms find them in a
/// ring. Confirms come in groups; each group is one piece of work for the pool, so that the connection's reader is never kept.
/// </summary>
internal sealed class PublishChannel : IThreadPoolWorkItem
{
    private readonly IChannel _channel;
    private readonly Func<ShutdownEventArgs?, Finding> _lost;
    private readonly ConcurrentQueue<Publication> _queue = new();
    private readonly Lock _sync = new();
    private Publication?[] _ring = new Publication?[256];
    private List<Publication> _settled = [];
    private List<Publication> _spare = [];
    private ulong _next = 1;
    private ulong _oldest = 1;
    private int _queued;
    private bool _completing;
    private Finding? _closed;

    /// <param name="lost">Says why messages are lost that the broker had not confirmed when the channel went.</param>
    public PublishChannel(IChannel channel, Func<ShutdownEventArgs?, Finding> lost)
    {
        _channel = channel;
        _lost = lost;
        channel.BasicAcksAsync += (_, e) => Settle(e.DeliveryTag, e.Multiple, PublishOutcome.Confirmed);
        channel.BasicNacksAsync += (_, e) => Settle(e.DeliveryTag, e.Multiple, PublishOutcome.Refused);
        channel.BasicReturnAsync += (_, e) => Returned(e);
        channel.ChannelShutdownAsync += (_, e) =>
        {
            Close(_lost(e));
            return Task.CompletedTask;
        };
    }

    public bool IsOpen => _channel.IsOpen && Volatile.Read(ref _closed) is null;

    /// <summary>Messages the broker has not said anything about.</summary>
    public int Unconfirmed
    {
        get
        {
            lock (_sync) return (int)(_next - _oldest);
        }
    }

    public static async Task<PublishChannel> OpenAsync(IConnection connection, Func<ShutdownEventArgs?, Finding> lost, CancellationToken cancellationToken) =>
        new(await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false), cancellationToken).ConfigureAwait(false), lost);

    /// <summary>Hands a message over; its task ends when the broker has answered.</summary>
    public void Publish(Publication publication)
    {
        _queue.Enqueue(publication);
        if (Interlocked.Increment(ref _queued) == 1) _ = WriteAsync();
    }

    public async ValueTask CloseAsync()
    {
        try
        {
            if (_channel.IsOpen) await _channel.CloseAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (BrokerFaults.IsOutside(error))
        {
            // It is closed then.
        }

        Close(_lost(_channel.CloseReason));
        await _channel.DisposeAsync().ConfigureAwait(false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (true)
        {
            List<Publication> batch;
            lock (_sync)
            {
                if (_settled.Count == 0)
                {
                    _completing = false;
                    return;
                }

                batch = _settled;
                _settled = _spare;
            }

            foreach (var publication in batch) publication.TrySetResult();
            batch.Clear();
            _spare = batch;
        }
    }

    private async Task WriteAsync()
    {
        do
        {
            // Each is counted after it was added.
            if (_queue.TryDequeue(out var publication) && !publication.IsGivenUp && Track(publication)) await WriteAsync(publication).ConfigureAwait(false);
        }
        while (Interlocked.Decrement(ref _queued) > 0);
    }

    private async ValueTask WriteAsync(Publication publication)
    {
        try
        {
            await _channel.BasicPublishAsync(publication.Exchange, publication.RoutingKey, mandatory: true, publication.Properties, publication.Body, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The numbers of what follows would not fit any more: the channel is given up with all that is on it.
            Close(_lost(_channel.CloseReason ?? new ShutdownEventArgs(ShutdownInitiator.Library, 541, error.GetType().Name, error)));
            if (_channel.IsOpen) _ = CloseAsync().AsTask();
        }
    }

    /// <returns>False when the channel has gone: the message is lost with it.</returns>
    private bool Track(Publication publication)
    {
        lock (_sync)
        {
            if (_closed is not null)
            {
                Lose(publication);
                Complete();
                return false;
            }

            if (_next - _oldest == (ulong)_ring.Length) Grow();
            _ring[Slot(_next++)] = publication;
            return true;
        }
    }

    private Task Settle(ulong number, bool multiple, PublishOutcome outcome)
    {
        lock (_sync)
        {
            for (var n = multiple ? _oldest : number; n <= number && n < _next; n++) Settle(n, outcome);
            while (_oldest < _next && _ring[Slot(_oldest)] is null) _oldest++;
            Complete();
        }

        return Task.CompletedTask;
    }

    private void Settle(ulong number, PublishOutcome outcome)
    {
        if (_ring[Slot(number)] is not { } publication) return;
        _ring[Slot(number)] = null;
        // What was returned is confirmed too, after it.
        if (publication.Outcome == PublishOutcome.Open) publication.Outcome = outcome;
        _settled.Add(publication);
    }

    /// <summary>The return of a message comes before its confirm, and says which it is by the message's own id.</summary>
    private Task Returned(BasicReturnEventArgs e)
    {
        lock (_sync)
        {
            for (var n = _oldest; n < _next; n++)
            {
                if (_ring[Slot(n)] is not { Outcome: PublishOutcome.Open } publication || publication.Properties.MessageId != e.BasicProperties.MessageId) continue;
                publication.Outcome = PublishOutcome.Unroutable;
                break;
            }
        }

        return Task.CompletedTask;
    }

    private void Close(Finding reason)
    {
        lock (_sync)
        {
            _closed ??= reason;
            for (; _oldest < _next; _oldest++)
            {
                if (_ring[Slot(_oldest)] is not { } publication) continue;
                _ring[Slot(_oldest)] = null;
                Lose(publication);
            }

            Complete();
        }
    }

    private void Lose(Publication publication)
    {
        if (publication.Outcome == PublishOutcome.Open)
        {
            publication.Outcome = PublishOutcome.Lost;
            publication.Finding = _closed;
        }

        _settled.Add(publication);
    }

    private void Complete()
    {
        if (_completing || _settled.Count == 0) return;
        _completing = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private int Slot(ulong number) => (int)(number & (ulong)(_ring.Length - 1));

    private void Grow()
    {
        var ring = new Publication?[_ring.Length * 2];
        for (var n = _oldest; n < _next; n++) ring[(int)(n & (ulong)(ring.Length - 1))] = _ring[Slot(n)];
        _ring = ring;
    }
}
