namespace Hub.Core.Operations;

/// <summary>Where the values of one message's documents come from.</summary>
public sealed record MessageOrigins
{
    public required string Id { get; init; }

    public required string Pipeline { get; init; }

    /// <summary>The configuration it was accepted under.</summary>
    public required string Revision { get; init; }

    /// <summary>The configuration it is explained by; null when its pipeline is gone.</summary>
    public string? ExplainedBy { get; init; }

    /// <summary>What limits the explanation: another configuration, answers that are not kept.</summary>
    public IReadOnlyList<FindingView> Limits { get; init; } = [];

    /// <summary>One for each document a mapping made or tried to make; of a split message the first fifty parts and as many that were refused.</summary>
    public IReadOnlyList<MappingOrigins> Mappings { get; init; } = [];
}
