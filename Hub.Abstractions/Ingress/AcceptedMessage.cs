using Hub.Abstractions.Messages;

namespace Hub.Abstractions.Ingress;

/// <summary>One message that the journal holds.</summary>
/// <param name="Id">Its id; for a duplicate the id of the message it repeats.</param>
/// <param name="Pipeline">The pipeline it belongs to.</param>
/// <param name="Duplicate">True when it had been accepted before.</param>
public readonly record struct AcceptedMessage(MessageId Id, string Pipeline, bool Duplicate);
