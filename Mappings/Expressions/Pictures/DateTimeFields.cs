namespace Mappings.Expressions.Pictures;

/// <summary>
/// The components that a text gave, and the instant they mean. What is more coarse than the first given one is today's,
/// what is finer than the last given one is its smallest value; a gap in between is an error.
/// </summary>
internal sealed class DateTimeFields
{
    private const int HalfDay = 12;

    private readonly Dictionary<char, int> _values = [];

    public bool IsAfternoon { get; set; }

    public TimeSpan Offset { get; set; }

    public int this[char component]
    {
        set => _values[component] = value;
    }

    public bool IsEmpty => _values.Count == 0;

    /// <param name="now">The message's clock in UTC.</param>
    /// <returns>Milliseconds of Unix time; null when the components are no day or time of the calendar.</returns>
    /// <exception cref="PictureException">D3136 for a gap, and for dates by weeks, which JSONata does not read.</exception>
    public long? ToMillis(DateTime now)
    {
        var byDayOfYear = !Only("YXMxWwdD", "YMD") && Only("YXMxWwdD", "Yd");
        if (Only("YXMxWwdD", "Xxw") || Only("YXMxWwdD", "XW")) throw new PictureException("D3136");
        var halves = !Only("PHhmsf", "Hmsf") && Only("PHhmsf", "Phmsf");
        Complete((byDayOfYear ? "Yd" : "YMD") + (halves ? "Phmsf" : "Hmsf"), now);

        var year = _values['Y'] is >= 0 and < 100 and var old ? 1900 + old : _values['Y'];
        if (year is < 1 or > 9999) return null;
        DateTime day;
        if (byDayOfYear)
        {
            if (_values['d'] < 1 || _values['d'] > (DateTime.IsLeapYear(year) ? 366 : 365)) return null;
            day = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(_values['d'] - 1);
        }
        else
        {
            var month = _values['M'];
            if (month is < 1 or > 12 || _values['D'] < 1 || _values['D'] > DateTime.DaysInMonth(year, month)) return null;
            day = new DateTime(year, month, _values['D'], 0, 0, 0, DateTimeKind.Utc);
        }

        return Clock(halves) is { } clock ? new DateTimeOffset(day).ToUnixTimeMilliseconds() + (long)(clock - Offset).TotalMilliseconds : null;
    }

    private TimeSpan? Clock(bool halves)
    {
        var (minute, second, milli) = (_values['m'], _values['s'], _values['f']);
        if (minute is < 0 or > 59 || second is < 0 or > 59) return null;
        int hour;
        if (halves)
        {
            hour = _values['h'];
            if (hour is < 0 or > HalfDay) return null;
            hour = (hour % HalfDay) + (IsAfternoon ? HalfDay : 0);
        }
        else
        {
            hour = _values['H'];
            var isEndOfDay = hour == 24 && minute == 0 && second == 0 && milli == 0;
            if (hour < 0 || (hour > 23 && !isEndOfDay)) return null;
        }

        return new TimeSpan(0, hour, minute, second, milli);
    }

    private void Complete(string components, DateTime now)
    {
        var started = false;
        var ended = false;
        foreach (var component in components)
        {
            if (Has(component))
            {
                if (ended) throw new PictureException("D3136");
                started = true;
            }
            else if (started)
            {
                _values[component] = component is 'M' or 'D' or 'd' ? 1 : 0;
                ended = true;
            }
            else Today(component, now);
        }
    }

    private void Today(char component, DateTime now)
    {
        if (component == 'P') IsAfternoon = now.Hour >= HalfDay;
        _values[component] = component switch
        {
            'Y' => now.Year,
            'M' => now.Month,
            'D' => now.Day,
            'd' => now.DayOfYear,
            'H' => now.Hour,
            'h' => now.Hour % HalfDay,
            'm' => now.Minute,
            's' => now.Second,
            'f' => now.Millisecond,
            _ => 0,
        };
    }

    private bool Has(char component) => _values.ContainsKey(component);

    /// <summary>True when some of the allowed components are given, and none of the others of the same family.</summary>
    private bool Only(string family, string allowed) =>
        allowed.Any(Has) && !family.Any(c => Has(c) && !allowed.Contains(c, StringComparison.Ordinal));
}
