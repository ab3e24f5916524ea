using Hub.Abstractions.Messages;

namespace Hub.Core.Journal;

/// <summary>Which messages to list. Every condition that is not null must hold.</summary>
public sealed record MessageQuery
{
    public string? Pipeline { get; init; }

    public MessageState? State { get; init; }

    public string? Key { get; init; }

    /// <summary>Only these messages; at most 1000.</summary>
    public IReadOnlyList<MessageId>? Ids { get; init; }

    public MessageId? Before { get; init; }

    /// <summary>At most this many; default 50, at most 1000.</summary>
    public int Limit { get; init; } = 50;
}
