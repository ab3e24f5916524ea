namespace Connectors.RabbitMq;

/// <summary>
/// What a channel has handed out and which of it is done. Delivery tags count from 1, so that a ring of marks holds all of it.
/// What is done without a gap from the begin is acknowledged by one ack; what is done behind a gap waits, until so many wait
/// that they keep the broker from handing out more.
/// </summary>
internal sealed class DeliveryWindow(int patience)
{
    private const byte Open = 0;
    private const byte Done = 1;
    private const byte Acknowledged = 2;

    private byte[] _marks = new byte[64];
    private ulong _first = 1;
    private ulong _next = 1;
    private int _doneBehindGap;

    /// <summary>Deliveries that are not acknowledged.</summary>
    public int Count { get; private set; }

    public void Delivered(ulong tag)
    {
        while (tag >= _first + (ulong)_marks.Length) Grow();
        _marks[Slot(tag)] = Open;
        _next = tag + 1;
        Count++;
    }

    public void MarkDone(ulong tag)
    {
        _marks[Slot(tag)] = Done;
        _doneBehindGap++;
    }

    /// <summary>What is to be acknowledged now.</summary>
    /// <param name="single">Receives tags to be acknowledged one by one.</param>
    /// <returns>The tag up to which all is to be acknowledged; 0 for none.</returns>
    public ulong Take(List<ulong> single)
    {
        ulong upTo = 0;
        for (; _first < _next && _marks[Slot(_first)] != Open; _first++)
        {
            // An ack of many must end at one that was not acknowledged before: the broker closes the channel otherwise.
            if (_marks[Slot(_first)] != Done) continue;
            upTo = _first;
            Count--;
            _doneBehindGap--;
        }

        if (_doneBehindGap < patience) return upTo;
        for (var tag = _first; tag < _next; tag++)
        {
            if (_marks[Slot(tag)] != Done) continue;
            _marks[Slot(tag)] = Acknowledged;
            single.Add(tag);
            Count--;
            _doneBehindGap--;
        }

        return upTo;
    }

    private int Slot(ulong tag) => (int)(tag & (ulong)(_marks.Length - 1));

    private void Grow()
    {
        var marks = new byte[_marks.Length * 2];
        for (var tag = _first; tag < _next; tag++) marks[(int)(tag & (ulong)(marks.Length - 1))] = _marks[Slot(tag)];
        _marks = marks;
    }
}
