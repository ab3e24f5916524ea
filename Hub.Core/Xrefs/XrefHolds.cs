using Hub.Abstractions.Messages;
using Hub.Core.Delivery;
using Mappings.Xrefs;

namespace Hub.Core.Xrefs;

/// <summary>The messages that wait for entries of the identity map. Under the dispatcher's lock.</summary>
/// <param name="dispatcher">Whose timers end the wait.</param>
/// <param name="goOn">The message is to be run again: an entry has come, or its patience has ended.</param>
internal sealed class XrefHolds(Dispatcher dispatcher, Action<ActiveMessage> goOn)
{
    private readonly Dictionary<XrefKey, List<HeldMessage>> _byKey = [];
    private readonly Dictionary<MessageId, HeldMessage> _byMessage = [];

    public int Count => _byMessage.Count;

    public HeldMessage? Find(MessageId message) => _byMessage.GetValueOrDefault(message);

    /// <param name="held">What waits.</param>
    /// <param name="wait">How long at most.</param>
    public void Add(HeldMessage held, TimeSpan wait)
    {
        _byMessage.Add(held.Message!.Id, held);
        foreach (var key in held.Reason.Keys)
        {
            if (!_byKey.TryGetValue(key, out var waiting)) _byKey.Add(key, waiting = []);
            waiting.Add(held);
        }

        dispatcher.Timers.Schedule(held, dispatcher.Timers.Now + wait);
    }

    /// <summary>An entry has come: whoever waits for it runs again, and waits again when it needs more.</summary>
    public void Wake(in XrefKey key)
    {
        if (!_byKey.TryGetValue(key, out var waiting)) return;
        foreach (var held in waiting.ToArray()) GoOn(held);
    }

    /// <summary>Entries may have come that nobody has told of: all run again.</summary>
    public void WakeAll()
    {
        foreach (var held in _byMessage.Values.ToArray()) GoOn(held);
    }

    /// <summary>Forgets a message that another node works on.</summary>
    public void Drop(ActiveMessage message)
    {
        if (_byMessage.TryGetValue(message.Id, out var held) && held.Message == message) Remove(held);
    }

    public void GoOn(HeldMessage held)
    {
        if (Remove(held) is { } message) goOn(message);
    }

    private ActiveMessage? Remove(HeldMessage held)
    {
        if (held.Message is not { } message) return null;
        held.Message = null;
        _byMessage.Remove(message.Id);
        foreach (var key in held.Reason.Keys)
        {
            var waiting = _byKey[key];
            waiting.Remove(held);
            if (waiting.Count == 0) _byKey.Remove(key);
        }

        return message;
    }
}
