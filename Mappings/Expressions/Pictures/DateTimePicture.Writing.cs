using System.Globalization;
using System.Text;

namespace Mappings.Expressions.Pictures;

/// <summary>Writing a date and time by a picture.</summary>
internal sealed partial class DateTimePicture
{
    private static readonly DateTimeFormatInfo English = DateTimeFormatInfo.InvariantInfo;

    /// <param name="local">The clock as it stands at the offset.</param>
    /// <param name="most">The longest text that may be made.</param>
    /// <returns>The text, or null when it would be longer.</returns>
    public string? Format(DateTime local, TimeSpan offset, int most)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Number is { } number && number.MandatoryDigits > most) return null;
            text.Append(part.Literal ?? Component(part, local, offset));
            if (text.Length > most) return null;
        }

        return text.ToString();
    }

    private static string Component(PicturePart part, DateTime local, TimeSpan offset)
    {
        if (DateComponent.Zones.Contains(part.Component, StringComparison.Ordinal)) return Zone(part, offset);
        if (part.Names is { } names) return Name(part, names, local);
        var value = Value(part.Component, local);
        if (part.YearDigits is { } digits and < 9) value %= (int)Math.Pow(10, digits);
        return part.Number!.Format(value);
    }

    private static string Name(PicturePart part, LetterCase names, DateTime local)
    {
        var name = part.Component switch
        {
            'M' => English.GetMonthName(local.Month),
            'x' => English.GetMonthName(WeekDate.From(local).Month),
            'F' => English.GetDayName(local.DayOfWeek),
            'P' => local.Hour < 12 ? "am" : "pm",
            _ => "ISO",
        };
        if (part.Component is 'C' or 'E') return name;
        if (part.Component == 'P') return names == LetterCase.Upper ? name.ToUpperInvariant() : name;
        name = names switch { LetterCase.Upper => name.ToUpperInvariant(), LetterCase.Lower => name.ToLowerInvariant(), _ => name };
        return part.MaxWidth < name.Length ? name[..part.MaxWidth.Value] : name;
    }

    private static int Value(char component, DateTime local) => component switch
    {
        'Y' => local.Year,
        'M' => local.Month,
        'D' => local.Day,
        'd' => local.DayOfYear,
        'F' => WeekDate.DayOf(local),
        'W' => WeekDate.From(local).Week,
        'w' => WeekDate.From(local).WeekOfMonth,
        'X' => WeekDate.From(local).Year,
        'x' => WeekDate.From(local).Month,
        'H' => local.Hour,
        'h' => (local.Hour + 11) % 12 + 1,
        'm' => local.Minute,
        's' => local.Second,
        _ => local.Millisecond,
    };

    private static string Zone(PicturePart part, TimeSpan offset)
    {
        if (offset == TimeSpan.Zero && part.IsTraditional) return "Z";
        var number = part.Number!;
        var clock = Math.Abs(UtcOffset.Clock(offset));
        string text;
        if (number.IsGroupedRegularly || number.MandatoryDigits > 2) text = number.Format(clock);
        else text = number.Format(clock / 100) + (clock % 100 == 0 ? string.Empty : ":" + (clock % 100).ToString("00", CultureInfo.InvariantCulture));
        return (part.Component == 'z' ? "GMT" : string.Empty) + (offset < TimeSpan.Zero ? "-" : "+") + text;
    }
}
