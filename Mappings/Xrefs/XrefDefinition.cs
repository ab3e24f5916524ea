using Mappings.Diagnostics;

namespace Mappings.Xrefs;

/// <summary>A field's <c>xref</c>: its value is the id of a thing in one system, and becomes the id in another.</summary>
public sealed record XrefDefinition(string Entity, string From, string To, XrefMissing Missing)
{
    /// <summary>How long a message waits at most with <see cref="XrefMissing.Hold"/>.</summary>
    public TimeSpan HoldFor { get; init; }

    public SourcePosition EntityAt { get; init; }

    public SourcePosition FromAt { get; init; }

    public SourcePosition ToAt { get; init; }
}
