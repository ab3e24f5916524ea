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

    public void GoOn(HeldMessage held)
    {
        if (held.Message is not { } message) return;
        held.Message = null;
        _byMessage.Remove(message.Id);
        foreach (var key in held.Reason.Keys)
        {
            var waiting = _byKey[key];
            waiting.Remove(held);
            if (waiting.Count == 0) _byKey.Remove(key);
        }

        goOn(message);
    }
}
