using System.Globalization;

namespace Mappings.Expressions.Pictures;

/// <summary>Offsets from UTC as texts: <c>Z</c>, <c>+0800</c>, <c>-05:30</c>.</summary>
internal static class UtcOffset
{
    private const int MaxMinutes = 14 * 60;

    /// <exception cref="PictureException">MAP277 for anything else, such as the name of a zone.</exception>
    /// <param name="exact">False to take <c>530</c> for <c>0530</c>, as jsonata-js does.</param>
    public static TimeSpan Parse(string text, bool exact) => TryParse(exact ? text : Padded(text), out var offset) ? offset : throw new PictureException("MAP277", ("value", "\"" + text + "\""));

    /// <summary>Hours and minutes as a whole number, 530 for +05:30, with its sign.</summary>
    public static int Clock(TimeSpan offset) => (((int)offset.TotalMinutes / 60) * 100) + ((int)offset.TotalMinutes % 60);

    public static bool TryMinutes(int hours, int minutes, bool negative, out TimeSpan offset)
    {
        var total = (hours * 60) + minutes;
        offset = TimeSpan.FromMinutes(negative ? -total : total);
        return minutes < 60 && total <= MaxMinutes;
    }

    private static string Padded(string text)
    {
        var sign = text is ['+' or '-', ..] ? 1 : 0;
        return text.Length - sign is >= 1 and < 4 && text != "Z" ? string.Concat(text.AsSpan(0, sign), text[sign..].PadLeft(4, '0')) : text;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z") return true;
        var digits = text[(text is ['+' or '-', ..] ? 1 : 0)..];
        if (digits is [_, _, ':', _, _]) digits = string.Concat(digits[..2], digits[3..]);
        return digits.Length == 4 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var clock)
            && TryMinutes(clock / 100, clock % 100, text[0] == '-', out offset);
    }
}
