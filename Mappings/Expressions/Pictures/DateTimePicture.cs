using System.Globalization;
using System.Text;

namespace Mappings.Expressions.Pictures;

/// <summary>
/// A picture of a date and time (XPath and XQuery Functions 3.1, section 9.8.4), as <c>$fromMillis</c> and <c>$toMillis</c>
/// take it: plain text and components in brackets, with the brackets themselves doubled.
/// </summary>
internal sealed partial class DateTimePicture
{
    private const int MaxZoneDigits = 4;
    private const string Second = "atco";

    /// <summary>What <c>$fromMillis</c> writes without a picture.</summary>
    public const string Iso = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

    private readonly IReadOnlyList<PicturePart> _parts;

    private DateTimePicture(IReadOnlyList<PicturePart> parts) => _parts = parts;

    /// <exception cref="PictureException">D3130 to D3135; what is wrong with the brackets is told before what is wrong inside them.</exception>
    public static DateTimePicture Parse(string picture)
    {
        var parts = new List<PicturePart>();
        foreach (var (text, isMarker) in Cut(picture)) Add(parts, isMarker ? Marker(text) : new PicturePart { Literal = text });
        return new DateTimePicture(parts);
    }

    private static List<(string Text, bool IsMarker)> Cut(string picture)
    {
        var pieces = new List<(string Text, bool IsMarker)>();
        var literal = new StringBuilder();
        for (var at = 0; at < picture.Length; at++)
        {
            var c = picture[at];
            if (c is '[' or ']' && at + 1 < picture.Length && picture[at + 1] == c) at++;
            else if (c == '[')
            {
                var end = picture.IndexOf(']', at);
                if (end < 0) throw new PictureException("D3135");
                if (literal.Length > 0) pieces.Add((literal.ToString(), false));
                literal.Clear();
                var marker = string.Concat(picture.AsSpan(at + 1, end - at - 1).ToString().Where(x => !char.IsWhiteSpace(x)));
                if (marker.Length == 0 || DateComponent.Default(marker[0]) is null) throw new PictureException("D3132", ("value", marker.Length == 0 ? string.Empty : marker[..1]));
                pieces.Add((marker, true));
                at = end;
                continue;
            }

            literal.Append(c);
        }

        if (literal.Length > 0) pieces.Add((literal.ToString(), false));
        return pieces;
    }

    /// <summary>Two numbers without anything between them: the first one is read at its fixed width.</summary>
    private static void Add(List<PicturePart> parts, PicturePart part)
    {
        if (part.IsNumber && parts.Count > 0 && parts[^1] is { IsNumber: true, ReadDigits: null } before) parts[^1] = before with { ReadDigits = before.Number!.MandatoryDigits };
        parts.Add(part);
    }

    private static PicturePart Marker(string marker)
    {
        var component = marker[0];
        var preset = DateComponent.Default(component)!;
        var comma = marker.LastIndexOf(',');
        var presentation = comma < 0 ? marker[1..] : marker[1..comma];
        var (least, most) = comma < 0 ? (null, null) : Widths(marker[(comma + 1)..]);
        var second = presentation.Length > 1 && Second.Contains(presentation[^1], StringComparison.Ordinal) ? presentation[^1] : '\0';
        if (second != '\0') presentation = presentation[..^1];
        if (presentation.Length == 0) presentation = preset;
        var part = new PicturePart { Component = component, MaxWidth = most, IsTraditional = second == 't' };
        if (DateComponent.Zones.Contains(component, StringComparison.Ordinal)) return part with { Number = Zone(presentation) };
        if (component is 'P' or 'C' or 'E' && presentation[0] is not ('n' or 'N')) presentation = preset;
        if (presentation[0] is 'n' or 'N') return part with { Names = Names(component, presentation) };
        var number = IntegerPicture.Parse(presentation, ordinal: second == 'o');
        number = number.WithDigits(Math.Max(number.MandatoryDigits, least ?? 0));
        if (component != 'Y') return part with { Number = number };

        // The most digits of a year are how many it has; without that, as many as the picture shows when it shows several.
        if (most is { } all && number.IsDecimal) number = number.WithDigits(all);
        var digits = most ?? (number.IsDecimal && number.MandatoryDigits + number.OptionalDigits is >= 2 and var shown ? shown : null);
        return part with { Number = number, YearDigits = digits, ReadDigits = most };
    }

    private static LetterCase Names(char component, string presentation)
    {
        if (!DateComponent.HasNames(component)) throw new PictureException("D3133", ("value", component.ToString()));
        if (presentation[0] == 'n') return LetterCase.Lower;
        return presentation is ['N', 'n', ..] ? LetterCase.Title : LetterCase.Upper;
    }

    private static IntegerPicture Zone(string presentation)
    {
        IntegerPicture? number = null;
        try
        {
            number = IntegerPicture.Parse(presentation, ordinal: false);
        }
        catch (PictureException fault) when (fault.Code == "D3130")
        {
            // Names and letters of zones are not known: the same error as for too many digits.
        }

        return number is { IsDecimal: true } && (number.IsGroupedRegularly || number.MandatoryDigits is >= 1 and <= MaxZoneDigits) ? number : throw new PictureException("D3134");
    }

    /// <summary>The least and the most of <c>min-max</c>; a star, or what is no number, is no limit.</summary>
    private static (int? Least, int? Most) Widths(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return (Width(dash < 0 ? text : text[..dash]), dash < 0 ? null : Width(text[(dash + 1)..]));
    }

    private static int? Width(string text)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var width)) return text.Length > 9 && text.All(char.IsAsciiDigit) ? IntegerPicture.MaxWidth : null;
        return Math.Min(width, IntegerPicture.MaxWidth);
    }
}
