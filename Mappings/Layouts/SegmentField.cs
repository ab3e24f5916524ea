using System.Text;
using Mappings.Diagnostics;

namespace Mappings.Layouts;

/// <summary>A field of a segment.</summary>
internal sealed class SegmentField(string name, SourcePosition at, ElementPlace place, bool isMany, LayoutValue value)
{
    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>Place of the name in the layout's file.</summary>
    public SourcePosition At { get; } = at;

    public ElementPlace Place { get; } = place;

    /// <summary>True when the element may be repeated, and so is an array.</summary>
    public bool IsMany { get; } = isMany;

    public LayoutValue Value { get; } = value;
}
