using System.Globalization;

namespace Mappings.Expressions.Pictures;

/// <summary>
/// The forms of ISO 8601 that <c>$toMillis</c> reads without a picture: <c>2024</c>, <c>2024-11</c>, <c>2024-11-05</c>, each with
/// <c>T10:00:00</c>, a fraction of a second, and <c>Z</c> or an offset. Without an offset it is UTC. Days that do not exist are refused.
/// </summary>
internal static class IsoInstant
{
    private const int HoursOfDay = 24;

    /// <param name="mustExist">False to take 30 February for 2 March, as JavaScript does.</param>
    public static bool TryParse(ReadOnlySpan<char> text, bool mustExist, out long millis)
    {
        millis = 0;
        if (!TryNumber(ref text, 4, out var year)) return false;
        if (!TryPart(ref text, '-', out var month) || !TryPart(ref text, '-', out var day)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > (mustExist ? DateTime.DaysInMonth(year, month) : 31)) return false;
        var clock = TimeSpan.Zero;
        var offset = TimeSpan.Zero;
        if (text is ['T', ..])
        {
            if (!TryClock(ref text, out clock) || !TryOffset(text, out offset)) return false;
        }
        else if (text is not ("" or "Z")) return false;

        millis = new DateTimeOffset(year, month, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day - 1).ToUnixTimeMilliseconds() + (long)(clock - offset).TotalMilliseconds;
        return true;
    }

    private static bool TryClock(ref ReadOnlySpan<char> text, out TimeSpan clock)
    {
        clock = default;
        text = text[1..];
        if (!TryNumber(ref text, 2, out var hour) || text is not [':', ..] || !TryPart(ref text, ':', out var minute) || text is not [':', ..] || !TryPart(ref text, ':', out var second)) return false;
        var fraction = 0L;
        if (text is ['.', ..])
        {
            var digits = text[1..].IndexOfAnyExceptInRange('0', '9');
            var end = digits < 0 ? text.Length : digits + 1;
            if (end == 1) return false;
            foreach (var c in text[1..end].ToString().PadRight(3, '0').AsSpan(0, 3)) fraction = (fraction * 10) + (c - '0');
            text = text[end..];
        }

        clock = new TimeSpan(0, hour, minute, second) + TimeSpan.FromMilliseconds(fraction);
        return minute < 60 && second < 60 && (hour < HoursOfDay || clock == TimeSpan.FromHours(HoursOfDay));
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        return text.IsEmpty || (text[0] is '+' or '-' or 'Z' && UtcOffset.TryParse(text, out offset));
    }

    /// <summary>A mark and two digits; 1 when they are left out.</summary>
    private static bool TryPart(ref ReadOnlySpan<char> text, char mark, out int number)
    {
        number = 1;
        if (text.IsEmpty || text[0] != mark || (text.Length > 3 && (char.IsAsciiDigit(text[3]) || text[3] == ':') && mark == '-')) return true;
        text = text[1..];
        return TryNumber(ref text, 2, out number);
    }

    private static bool TryNumber(ref ReadOnlySpan<char> text, int digits, out int number)
    {
        number = 0;
        if (text.Length < digits || !int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out number)) return false;
        text = text[digits..];
        return true;
    }
}
