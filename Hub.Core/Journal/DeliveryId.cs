using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>A delivery's identity: its message and its place among the message's deliveries.</summary>
/// <param name="Message">The message.</param>
/// <param name="Index">From 0; fixed when the pipeline's outcome is committed.</param>
public readonly record struct DeliveryId(MessageId Message, int Index)
{
    /// <summary><c>MESSAGE-INDEX</c></summary>
    public override string ToString() => $"{Message}-{Index}";
}
