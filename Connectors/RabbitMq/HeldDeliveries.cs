using Hub.Abstractions.Ingress;

namespace Connectors.RabbitMq;

/// <summary>
/// What the hub had no room for, in the order of the queue. While something is held, whatever comes is held behind it; it is
/// offered again when there is room. The broker stops by itself when the prefetch is in hand: no channel is closed and nothing
/// is given back, since that would make the broker hand out again all that is not acknowledged.
/// </summary>
internal sealed class HeldDeliveries(ReceiveContext context, Func<Delivery, bool> offer, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _sync = new();
    private readonly PriorityQueue<Delivery, ulong> _held = new();
    private TimeSpan _wait;
    private bool _holding;

    /// <summary>Holds a delivery that comes behind one that is held.</summary>
    public bool TryHold(Delivery delivery)
    {
        if (!Volatile.Read(ref _holding)) return false;
        lock (_sync)
        {
            if (!_holding) return false;
            _held.Enqueue(delivery, delivery.Tag);
            return true;
        }
    }

    /// <summary>Holds a delivery that the hub did not take.</summary>
    public void Hold(Delivery delivery, IngressResult answer)
    {
        lock (_sync)
        {
            _held.Enqueue(delivery, delivery.Tag);
            _wait = answer.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : Pause;
            if (_holding) return;
            _holding = true;
        }

        Log.QueueHeld(context.Logger, context.Endpoint.Name.ToString(), answer.Finding?.ToString() ?? answer.Status.ToString());
        _ = OfferAsync();
    }

    private async Task OfferAsync()
    {
        try
        {
            while (true)
            {
                // A hub that is full says when there is room; one whose journal is away is asked again after a while.
                var room = context.Ingress.WaitForRoomAsync(cancellationToken);
                if (room.IsCompleted)
                {
                    TimeSpan wait;
                    lock (_sync) wait = _wait;
                    await room.ConfigureAwait(false);
                    await Task.Delay(wait, context.Clock, cancellationToken).ConfigureAwait(false);
                }
                else await room.ConfigureAwait(false);

                if (OfferAll()) return;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The channel ends; what is held comes again.
        }
    }

    /// <returns>True when nothing is held any more.</returns>
    private bool OfferAll()
    {
        while (true)
        {
            Delivery delivery;
            lock (_sync)
            {
                if (_held.Count == 0)
                {
                    _holding = false;
                    break;
                }

                delivery = _held.Dequeue();
            }

            if (!offer(delivery)) return false;
        }

        Log.QueueGoesOn(context.Logger, context.Endpoint.Name.ToString());
        return true;
    }
}
