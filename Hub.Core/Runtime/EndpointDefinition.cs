using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Hub.Core.Pipelines;
using Mappings.Formats;

namespace Hub.Core.Runtime;

/// <summary>One endpoint, compiled.</summary>
public sealed record EndpointDefinition
{
    /// <summary>What positions of a body without a file are relative to.</summary>
    internal const string BodyName = "body";

    private ReaderOptions? _bodyReader;

    public required EndpointContext Context { get; init; }

    public required ConnectorAbilities Abilities { get; init; }

    /// <summary>The pipelines that start here; each record goes to all of them.</summary>
    public IReadOnlyList<PipelineDefinition> Pipelines
    {
        get;
        init
        {
            field = value;
            HasFileRules = value.Any(p => !p.FileRules.IsNone);
            UsesFile = value.Any(p => p.UsesFile);
        }
    } = [];

    /// <summary>Which of its payloads are kept apart from their message; null for none.</summary>
    public ClaimCheckConfig? ClaimCheck { get; init; }

    /// <summary>A pipeline sends to it.</summary>
    public bool IsSentTo { get; init; }

    /// <summary>A pipeline asks it.</summary>
    public bool IsAsked { get; init; }

    public EndpointName Name => Context.Name;

    public FormatOptions Format => Context.Format;

    /// <summary>Limits and name for reading a body without a file.</summary>
    internal ReaderOptions BodyReader => _bodyReader ??= Format.Reader with { File = BodyName };

    /// <summary>A pipeline here looks at a file as a whole.</summary>
    internal bool HasFileRules { get; private init; }

    /// <summary>A pipeline here uses what its file says once for all records.</summary>
    internal bool UsesFile { get; private init; }

    /// <summary>A body is one record and UTF-8 JSON already: it is read straight onto the run's tape.</summary>
    internal bool IsPlainJson => Format is { Format: MessageFormat.Json, Record: null, Encoding.IsUtf8: true };
}
