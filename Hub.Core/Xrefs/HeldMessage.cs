using Hub.Core.Delivery;
using Hub.Core.Pipelines;

namespace Hub.Core.Xrefs;

/// <summary>A message that waits for entries of the identity map; as timed item the end of its patience. Under the dispatcher's lock.</summary>
internal sealed class HeldMessage(ActiveMessage message, HeldException reason, Action<HeldMessage> over) : ITimed
{
    /// <summary>Null once it waits no longer: the timer must not keep the message alive.</summary>
    public ActiveMessage? Message { get; set; } = message;

    public HeldException Reason { get; } = reason;

    void ITimed.Due(TimeSpan now)
    {
        if (Message is not null) over(this);
    }
}
