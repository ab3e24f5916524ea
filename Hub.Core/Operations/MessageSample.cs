namespace Hub.Core.Operations;

/// <summary>What a test is made of from a message of the journal; secrets are masked so that they keep their shape.</summary>
public sealed record MessageSample
{
    public required string Id { get; init; }

    public required string Pipeline { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The code of the error it is dead for; null when it is not dead.</summary>
    public string? Error { get; init; }

    /// <summary>The whole message, as JSON, when parts of it were mapped; else null.</summary>
    public string? Message { get; init; }

    /// <summary>What <c>$file</c> means, as JSON; null when the message comes from no file with a layout.</summary>
    public string? File { get; init; }

    /// <summary>What was given to mappings, one for each run of a mapping; of a split message the first fifty parts and as many that were refused.</summary>
    public IReadOnlyList<MappingSample> Mappings { get; init; } = [];

    /// <summary>Why there may be less than wanted.</summary>
    public IReadOnlyList<FindingView> Limits { get; init; } = [];
}
