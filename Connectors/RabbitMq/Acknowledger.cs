using RabbitMQ.Client;

namespace Connectors.RabbitMq;

/// <summary>Acknowledges what is done on one channel, as few acks as can be: while one is written, more becomes done.</summary>
internal sealed class Acknowledger(IChannel channel, PrefetchRule prefetch, StreamPosition? position, Action<Exception> failed)
{
    private readonly Lock _sync = new();
    private readonly DeliveryWindow _window = new(Math.Max(1, prefetch.Current / 2));
    private readonly Queue<(ulong Tag, long Offset)> _offsets = new();
    private readonly List<ulong> _single = [];
    private Task _writing = Task.CompletedTask;
    private bool _busy;

    public void Delivered(Delivery delivery)
    {
        lock (_sync)
        {
            _window.Delivered(delivery.Tag);
            if (delivery.Offset is { } offset) _offsets.Enqueue((delivery.Tag, offset));
        }
    }

    public void Done(Delivery delivery)
    {
        lock (_sync)
        {
            _window.MarkDone(delivery.Tag);
            if (_busy) return;
            _busy = true;
            _writing = Task.Run(WriteAsync);
        }
    }

    /// <summary>Waits until all that is done is acknowledged.</summary>
    public Task FlushAsync()
    {
        lock (_sync) return _writing;
    }

    private async Task WriteAsync()
    {
        // Those who became done together come one after the other: a turn later all of them are marked.
        await Task.Yield();
        while (true)
        {
            ulong upTo;
            ulong[] single;
            lock (_sync)
            {
                upTo = _window.Take(_single);
                single = [.. _single];
                _single.Clear();
                if (upTo == 0 && single.Length == 0)
                {
                    _busy = false;
                    return;
                }

                ReadTo(upTo);
            }

            try
            {
                if (upTo > 0) await channel.BasicAckAsync(upTo, multiple: true).ConfigureAwait(false);
                foreach (var tag in single) await channel.BasicAckAsync(tag, multiple: false).ConfigureAwait(false);
            }
            catch (Exception error) when (BrokerFaults.IsOutside(error))
            {
                // Nothing of this channel can be acknowledged any more; it stays busy with that.
                failed(error);
                return;
            }
        }
    }

    private void ReadTo(ulong upTo)
    {
        while (_offsets.TryPeek(out var next) && next.Tag <= upTo) position!.Read(_offsets.Dequeue().Offset);
    }
}
