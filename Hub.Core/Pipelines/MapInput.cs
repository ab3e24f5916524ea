using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Mapping.Tracing;
using Mappings.Xrefs;

namespace Hub.Core.Pipelines;

/// <summary>What a mapping works on.</summary>
/// <param name="Tape">Holds the document.</param>
/// <param name="Node">The document's node; not the root when it is a part of a split message.</param>
/// <param name="Message">What <c>$message</c> means: the whole document in a part of it, else the document itself.</param>
/// <param name="Now">The message's time.</param>
/// <param name="Name">The file of the tape's positions, for findings.</param>
public readonly record struct MapInput(Tape Tape, int Node, Value Message, DateTimeOffset Now, string Name)
{
    /// <summary>What <c>$file</c> means; missing for a record of a format that has none.</summary>
    public Value File { get; init; }

    /// <summary>Answers for the identity map.</summary>
    public IXrefSource? Xrefs { get; init; }

    /// <summary>Sees where each value comes from; null when nobody asks.</summary>
    public MappingTrace? Trace { get; init; }

    /// <summary>Receives what the mapping learned about the identity map.</summary>
    public XrefNotes? Notes { get; init; }
}
