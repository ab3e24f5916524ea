using Hub.Abstractions.Messages;
using Hub.Core.Journal;

namespace Hub.Core.Delivery;

/// <summary>
/// The messages of one pipeline and key, in the order of their commits and ids. One of them is worked on at a time; the others wait.
/// Under the dispatcher's lock.
/// </summary>
internal sealed class Lane(string pipeline, string key)
{
    private ActiveMessage? _first;
    private ActiveMessage? _last;
    private HashSet<DeliveryId>? _holds;

    public string Pipeline { get; } = pipeline;

    public string Key { get; } = key;

    /// <summary>Its lane group; -1 when there is only one node.</summary>
    public int Group { get; init; } = -1;

    /// <summary>The message that is worked on now.</summary>
    public ActiveMessage? Current { get; set; }

    public int Count { get; private set; }

    /// <summary>Dead deliveries the lane waits for.</summary>
    public IReadOnlyCollection<DeliveryId> Holds => _holds is null ? [] : _holds;

    public bool IsHeld => _holds is { Count: > 0 };

    public bool IsEmpty => _first is null && !IsHeld;

    public ActiveMessage? First => _first;

    /// <summary>Puts a message at its place. Only one that was begun already may stand before a smaller id.</summary>
    public void Insert(ActiveMessage message)
    {
        message.Lane = this;
        var before = _last;
        while (before is not null && IsBehind(before, message) && before != Current) before = before.BeforeInLane;
        message.BeforeInLane = before;
        message.BehindInLane = before is null ? _first : before.BehindInLane;
        if (message.BehindInLane is { } behind) behind.BeforeInLane = message;
        else _last = message;
        if (before is null) _first = message;
        else before.BehindInLane = message;
        Count++;
    }

    public void Remove(ActiveMessage message)
    {
        if (message.BeforeInLane is { } before) before.BehindInLane = message.BehindInLane;
        else _first = message.BehindInLane;
        if (message.BehindInLane is { } behind) behind.BeforeInLane = message.BeforeInLane;
        else _last = message.BeforeInLane;
        message.BeforeInLane = message.BehindInLane = null;
        message.Lane = null;
        if (Current == message) Current = null;
        Count--;
    }

    /// <summary>The message whose turn it is, or null. A held lane lets only the message go on that it is held for: its replay, or its other deliveries.</summary>
    public ActiveMessage? Next()
    {
        if (!IsHeld) return _first;
        for (var message = _first; message is not null; message = message.BehindInLane)
        {
            if (IsHeldFor(message.Id)) return message;
        }

        return null;
    }

    public void Hold(DeliveryId delivery) => (_holds ??= []).Add(delivery);

    public bool Release(DeliveryId delivery) => _holds is not null && _holds.Remove(delivery);

    /// <summary>Keeps only the holds that are still asked for.</summary>
    public void KeepHolds(IReadOnlySet<DeliveryId> kept) => _holds?.RemoveWhere(h => !kept.Contains(h));

    private static bool IsBehind(ActiveMessage one, ActiveMessage other) =>
        one.Commit == other.Commit ? one.Id > other.Id : one.Commit > other.Commit;

    private bool IsHeldFor(MessageId message)
    {
        foreach (var hold in _holds!)
        {
            if (hold.Message == message) return true;
        }

        return false;
    }
}
