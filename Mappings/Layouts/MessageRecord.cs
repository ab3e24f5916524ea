using Mappings.Contracts;
using Mappings.Diagnostics;

namespace Mappings.Layouts;

/// <summary>A kind of EDI message (transaction set).</summary>
internal sealed class MessageRecord : RecordLayout
{
    public MessageRecord(string name, SourcePosition at, IReadOnlyList<SegmentLayout> segments)
        : base(name, at)
    {
        Segments = segments;
        Shape = LayoutShapes.Object(at, SegmentLayout.Members([], segments));
    }

    /// <summary>The message type, such as <c>ORDERS</c> or <c>850</c>.</summary>
    public required string Type { get; init; }

    /// <summary>EDIFACT: version and release with a point, such as <c>D.96A</c>; X12: the release, such as <c>004010</c>. Null when any will do.</summary>
    public required string? Version { get; init; }

    /// <summary>True when segments that the layout does not name are passed over.</summary>
    public required bool SkipsOthers { get; init; }

    public IReadOnlyList<SegmentLayout> Segments { get; }

    internal override ContractShape Shape { get; }
}
