namespace Mappings.Expressions.Pictures;

/// <summary>A piece of a date/time picture: plain text, or a component in brackets.</summary>
internal sealed record PicturePart
{
    /// <summary>Plain text; null for a component.</summary>
    public string? Literal { get; init; }

    public char Component { get; init; }

    /// <summary>Set when the component is written as a name.</summary>
    public LetterCase? Names { get; init; }

    /// <summary>How the component is written as a number; null for names.</summary>
    public IntegerPicture? Number { get; init; }

    /// <summary>The most characters of a name, or of a year; null when unlimited.</summary>
    public int? MaxWidth { get; init; }

    /// <summary>The last digits of a year that are written; null for all.</summary>
    public int? YearDigits { get; init; }

    /// <summary>Digits to read when another number follows at once; null for as many as there are.</summary>
    public int? ReadDigits { get; init; }

    /// <summary>Marked <c>t</c>: an offset of zero is written Z.</summary>
    public bool IsTraditional { get; init; }

    public bool IsNumber => Number is not null && !DateComponent.Zones.Contains(Component, StringComparison.Ordinal);
}
