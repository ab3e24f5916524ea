using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>Which dead letters. Every condition that is not null must hold.</summary>
public sealed record DeadQuery
{
    public string? Pipeline { get; init; }

    /// <summary>Where the dead delivery was to go.</summary>
    public EndpointName? Destination { get; init; }

    /// <summary>Code of the error it died of.</summary>
    public string? Code { get; init; }

    public string? Key { get; init; }

    /// <summary>Received at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Received before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only messages after this one.</summary>
    public MessageId After { get; init; }

    /// <summary>At most this many; default 1000.</summary>
    public int Limit { get; init; } = 1000;
}
