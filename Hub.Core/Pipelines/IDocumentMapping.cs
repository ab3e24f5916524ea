using System.Buffers;
using Mappings.Diagnostics;
using Mappings.Mapping;
using Mappings.Mapping.Files;

namespace Hub.Core.Pipelines;

/// <summary>A compiled mapping, as a map step runs it. Immutable; shared by all threads.</summary>
public interface IDocumentMapping
{
    /// <summary>What it says of the records it was written for: the endpoint of its pipeline has to agree.</summary>
    MappingSide Source { get; }

    /// <summary>Names of members that hold a secret, in the documents it reads and in those it makes; more rather than too few.</summary>
    IReadOnlySet<string> SecretNames { get; }

    /// <summary>It asks the identity map or establishes entries of it; its input then needs <see cref="MapInput.Xrefs"/> and <see cref="MapInput.Notes"/>.</summary>
    bool UsesXrefs { get; }

    /// <summary>It makes or establishes entries of the identity map, or may wait for them.</summary>
    bool ChangesXrefs { get; }

    /// <summary>It uses <c>$file</c>; its input then has <see cref="MapInput.File"/>.</summary>
    bool UsesFile { get; }

    /// <summary>What holds for a file of many records as a whole.</summary>
    FileRules FileRules { get; }

    /// <summary>The checks on the whole file; null when there are none.</summary>
    FileChecks? FileChecks { get; }

    /// <summary>Maps one document.</summary>
    /// <param name="input">The document and what goes with it.</param>
    /// <param name="output">Receives UTF-8 JSON, all of it when the result is <see cref="MapResult.Mapped"/>. The document does not change meanwhile.</param>
    /// <param name="findings">Receives warnings, and at least one error when the result is <see cref="MapResult.Failed"/>: at the place in the input, with the mapping's line.</param>
    MapResult Run(in MapInput input, IBufferWriter<byte> output, Findings findings);
}
