using System.Numerics;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Pictures;

/// <summary>Reading a date and time by a picture.</summary>
internal sealed partial class DateTimePicture
{
    private const string Half = "am";
    private const int ZoneWidth = 9;

    /// <summary>Takes a text apart; nothing is built from the picture but this walk, and every turn of it is counted.</summary>
    /// <returns>The components; null when the text does not have the picture's form.</returns>
    /// <exception cref="PictureException">D3133 for a component that cannot be read.</exception>
    public DateTimeFields? Read(ref Frame f, string text)
    {
        if (_parts.FirstOrDefault(p => p.Component is 'C' or 'E') is { } unreadable) throw new PictureException("D3133", ("value", unreadable.Component.ToString()));
        var ends = new int[_parts.Count];
        if (!Match(ref f, text, 0, 0, ends, [])) return null;
        var fields = new DateTimeFields();
        var start = 0;
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Literal is null) Take(fields, _parts[i], text.AsSpan(start, ends[i] - start));
            start = ends[i];
        }

        return fields;
    }

    /// <summary>Matches the parts from one on; each takes as much as it can and gives back what the next ones need.</summary>
    /// <param name="failed">Parts and places that are known not to match, so that no way is tried twice.</param>
    private bool Match(ref Frame f, string text, int part, int at, int[] ends, HashSet<(int Part, int At)> failed)
    {
        if (part == _parts.Count) return at == text.Length;
        if (failed.Contains((part, at))) return false;
        Comparison.CheckStack(ref f);
        var (least, most) = Reach(_parts[part], text, at);
        for (var length = most; length >= least && least >= 0; length--)
        {
            f.Step(1 + (length / 64));
            ends[part] = at + length;
            if (Fits(_parts[part], text.AsSpan(at, length)) && Match(ref f, text, part + 1, at + length, ends, failed)) return true;
        }

        failed.Add((part, at));
        return false;
    }

    /// <summary>The fewest and the most characters that a part can take here; -1 when none.</summary>
    private static (int Least, int Most) Reach(PicturePart part, string text, int at)
    {
        var left = text.AsSpan(at);
        if (part.Literal is { } literal) return left.StartsWith(literal, StringComparison.OrdinalIgnoreCase) ? (literal.Length, literal.Length) : (-1, -1);
        if (DateComponent.Zones.Contains(part.Component, StringComparison.Ordinal)) return (1, Math.Min(left.Length, ZoneWidth));
        if (part.Component == 'P') return (Half.Length, Math.Min(left.Length, Half.Length));
        var length = 0;
        if (part.Names is not null)
        {
            while (length < left.Length && char.IsAsciiLetter(left[length])) length++;
            return (1, length);
        }

        while (length < left.Length && part.Number!.Takes(left[length])) length++;
        if (part.ReadDigits is { } digits && part.Number!.IsDecimal) return length < digits ? (-1, -1) : (digits, digits);
        return (1, length);
    }

    private static bool Fits(PicturePart part, ReadOnlySpan<char> text)
    {
        if (part.Literal is not null || part.Names is not null && part.Component != 'P') return true;
        if (part.Component == 'P') return text.Equals("am", StringComparison.OrdinalIgnoreCase) || text.Equals("pm", StringComparison.OrdinalIgnoreCase);
        return DateComponent.Zones.Contains(part.Component, StringComparison.Ordinal) ? TryZone(part, text, out _) : part.Number!.Read(text) is { Sign: >= 0 };
    }

    private static void Take(DateTimeFields fields, PicturePart part, ReadOnlySpan<char> text)
    {
        switch (part.Component)
        {
            case 'P':
                fields.IsAfternoon = text.Equals("pm", StringComparison.OrdinalIgnoreCase);
                fields['P'] = 0;
                break;
            case 'Z' or 'z':
                TryZone(part, text, out var offset);
                fields.Offset = offset;
                fields[part.Component] = 0;
                break;
            case 'f' when part.Number!.IsDecimal:
                fields['f'] = Milliseconds(part.Number!.Read(text)!.Value, text.Length);
                break;
            default:
                var value = part.Names is null ? part.Number!.Read(text)!.Value : Named(part, text.ToString());
                if (value > 0 || part.Names is null) fields[part.Component] = (int)BigInteger.Min(value, int.MaxValue);
                break;
        }
    }

    /// <summary>Digits behind the point, cut after three.</summary>
    private static int Milliseconds(BigInteger digits, int count)
    {
        var thousandths = count <= 3 ? digits * BigInteger.Pow(10, 3 - count) : digits / BigInteger.Pow(10, count - 3);
        return (int)thousandths;
    }

    /// <summary>The number of a month or weekday; 0 for a name that is none. Names are cut where the picture cuts them.</summary>
    private static int Named(PicturePart part, string text)
    {
        var names = part.Component == 'F' ? English.DayNames : English.MonthNames;
        for (var i = 0; i < names.Length; i++)
        {
            var name = part.MaxWidth < names[i].Length ? names[i][..part.MaxWidth.Value] : names[i];
            if (name.Length > 0 && name.Equals(text, StringComparison.OrdinalIgnoreCase)) return part.Component == 'F' && i == 0 ? 7 : part.Component == 'F' ? i : i + 1;
        }

        return 0;
    }

    private static bool TryZone(PicturePart part, ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (part.IsTraditional && text is "Z") return true;
        if (part.Component == 'z')
        {
            if (!text.StartsWith("GMT", StringComparison.OrdinalIgnoreCase)) return false;
            text = text[3..];
        }

        if (text is not ['+' or '-', _, ..]) return false;
        var negative = text[0] == '-';
        text = text[1..];
        var number = part.Number!;
        var colon = text.IndexOf(':');
        if (!number.IsGroupedRegularly && number.MandatoryDigits <= 2)
        {
            var minutes = colon < 0 ? 0 : Digits(number, text[(colon + 1)..]);
            return Digits(number, colon < 0 ? text : text[..colon]) is >= 0 and < 24 and var hours && minutes >= 0 && UtcOffset.TryMinutes(hours, minutes, negative, out offset);
        }

        return Digits(number, text) is >= 0 and var clock && text.Length >= number.MandatoryDigits && UtcOffset.TryMinutes(clock / 100, clock % 100, negative, out offset);
    }

    private static int Digits(IntegerPicture number, ReadOnlySpan<char> text) =>
        text.Length is > 0 and < 8 && text[0] != '-' && number.Read(text) is { } value && value < 10_000 ? (int)value : -1;
}
