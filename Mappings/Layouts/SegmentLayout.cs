using System.Text;
using Mappings.Contracts;
using Mappings.Diagnostics;

namespace Mappings.Layouts;

/// <summary>A segment of a message; with segments inside, it begins a group (X12: a loop).</summary>
internal sealed class SegmentLayout
{
    public required string Tag { get; init; }

    /// <summary>Place of the tag in the layout's file.</summary>
    public required SourcePosition At { get; init; }

    /// <summary>Elements whose values tell this segment from others of its tag.</summary>
    public IReadOnlyList<(ElementPlace Place, IReadOnlyList<string> Values)> Where { get; init; } = [];

    /// <summary>The member that holds what the segment and its group say; null when the fields belong to the object around.</summary>
    public string? Name
    {
        get;
        init
        {
            field = value;
            Utf8Name = value is null ? [] : Encoding.UTF8.GetBytes(value);
        }
    }

    public byte[] Utf8Name { get; private init; } = [];

    /// <summary>True when it may come more than once, and so is an array.</summary>
    public bool IsMany { get; init; }

    public bool IsRequired { get; init; }

    public IReadOnlyList<SegmentField> Fields { get; init; } = [];

    /// <summary>The segments of the group, in their order.</summary>
    public IReadOnlyList<SegmentLayout> Segments { get; init; } = [];

    /// <summary>The tag with the values that it is known by, for people.</summary>
    public string Text => Where.Count == 0 ? Tag : $"{Tag} ({string.Join(", ", Where.Select(w => $"{w.Place} = {string.Join(" | ", w.Values)}"))})";

    /// <summary>The members that fields and segments give the object they stand in.</summary>
    public static IEnumerable<(string Name, ContractShape Shape, bool IsRequired)> Members(IReadOnlyList<SegmentField> fields, IReadOnlyList<SegmentLayout> segments) =>
        fields.Select(f => (f.Name, f.IsMany ? LayoutShapes.Array(f.At, f.Value.Shape) : f.Value.Shape, f.Value.IsRequired))
            .Concat(segments.SelectMany(s => s.OwnMembers()));

    private IEnumerable<(string Name, ContractShape Shape, bool IsRequired)> OwnMembers()
    {
        var members = Members(Fields, Segments);
        if (Name is null) return members.Select(m => m with { IsRequired = m.IsRequired && IsRequired });
        var shape = LayoutShapes.Object(At, members);
        return [(Name, IsMany ? LayoutShapes.Array(At, shape) : shape, IsRequired)];
    }
}
