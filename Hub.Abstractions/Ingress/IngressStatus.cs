namespace Hub.Abstractions.Ingress;

/// <summary>How the hub answered a payload.</summary>
public enum IngressStatus
{
    /// <summary>At least one record is durable in the journal and new.</summary>
    Accepted,

    /// <summary>Every record had been accepted before.</summary>
    Duplicate,

    /// <summary>The payload could not be read; nothing was kept.</summary>
    Malformed,

    /// <summary>The payload or a record is over its limit; nothing was kept.</summary>
    TooLarge,

    /// <summary>No such system or endpoint, or none that receives, or no pipeline starts there.</summary>
    UnknownEndpoint,

    /// <summary>Too many messages are in flight; try again after <see cref="IngressResult.RetryAfter"/>.</summary>
    Busy,

    /// <summary>The journal cannot be written now; try again after <see cref="IngressResult.RetryAfter"/>.</summary>
    Unavailable,
}
