using Mappings.Layouts;

namespace Mappings.Formats.Edi;

/// <summary>A segment of a message that the layout names, in its place in the message's tree.</summary>
internal struct EdiItem
{
    /// <summary>Null for the message itself.</summary>
    public SegmentLayout? Layout;

    /// <summary>Offset and length of the segment, without its terminator, in the message's text.</summary>
    public int Start;
    public int Length;
    public int Parent;
    public int FirstChild;
    public int LastChild;
    public int NextSibling;

    /// <summary>The last of the layout's segments that was met in the group this begins.</summary>
    public int Position;
}
