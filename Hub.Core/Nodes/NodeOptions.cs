namespace Hub.Core.Nodes;

/// <summary>This hub as one of several on the same journal.</summary>
public sealed record NodeOptions
{
    /// <summary>Its name, unlike that of any other node.</summary>
    public required string Name { get; init; }

    /// <summary>Where its operations API listens, for people.</summary>
    public string Address { get; init; } = string.Empty;

    /// <summary>How long after its last heartbeat the others take it for dead and its lanes over; default 3 s. It renews three times in it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(3);
}
