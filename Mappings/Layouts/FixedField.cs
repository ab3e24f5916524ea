using System.Text;
using Mappings.Diagnostics;

namespace Mappings.Layouts;

/// <summary>A field of a line.</summary>
internal sealed class FixedField(string name, SourcePosition place, LayoutValue value)
{
    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>Place of the name in the layout's file.</summary>
    public SourcePosition Place { get; } = place;

    public LayoutValue Value { get; } = value;

    /// <summary>Place in the line, from 1, in the layout's unit.</summary>
    public required int At { get; init; }

    public required int Length { get; init; }

    /// <summary>The first place behind the field.</summary>
    public int End => At + Length;

    /// <summary>The ASCII character around shorter values.</summary>
    public required byte Pad { get; init; }

    /// <summary>True when the value stands at the right, the pads in front of it.</summary>
    public required bool IsRight { get; init; }

    /// <summary>True when a text that does not fit is written as far as it does, instead of being refused.</summary>
    public required bool IsCut { get; init; }
}
