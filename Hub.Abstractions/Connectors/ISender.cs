namespace Hub.Abstractions.Connectors;

/// <summary>Sends messages to one endpoint.</summary>
public interface ISender
{
    /// <summary>
    /// Sends one message and returns when the target has confirmed it. Throws <see cref="TransientException"/> when another
    /// attempt may help and <see cref="PermanentException"/> when it cannot; anything else that is thrown counts as transient.
    /// The timeout of the system comes with the token.
    /// </summary>
    ValueTask SendAsync(OutgoingMessage message, CancellationToken cancellationToken);
}
