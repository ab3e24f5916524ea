namespace Hub.Core.Delivery;

/// <summary>A queue linked through its members: no allocation per message.</summary>
internal struct WorkList
{
    private GateWork? _first;
    private GateWork? _last;

    public int Count { get; private set; }

    public readonly GateWork? First => _first;

    public void Add(GateWork work)
    {
        work.NextInList = null;
        if (_last is null) _first = work;
        else _last.NextInList = work;
        _last = work;
        Count++;
    }

    public GateWork Take()
    {
        var work = _first!;
        _first = work.NextInList;
        if (_first is null) _last = null;
        work.NextInList = null;
        Count--;
        return work;
    }
}
