namespace Hub.Abstractions.Ingress;

/// <summary>What becomes of a payload, or a record of it, that cannot be read.</summary>
public enum MalformedPolicy
{
    /// <summary>The whole payload is refused and nothing of it is kept: for senders that are told (HTTP).</summary>
    Refuse,

    /// <summary>The bad part becomes a dead letter with its original bytes, the rest goes on: for senders that cannot be told (files).</summary>
    DeadLetter,
}
