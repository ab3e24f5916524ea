namespace Mappings.Expressions.Pictures;

/// <summary>
/// The components that a text gave, and the instant they mean. What is more coarse than the first given one is today's,
/// what is finer than the last given one is its smallest value; a gap in between is an error.
/// </summary>
internal sealed class DateTimeFields
{
    private const int HalfDay = 12;
    private const long MillisOfDay = 86_400_000;
    public const long MinMillis = -62_135_596_800_000;
    public const long MaxMillis = 253_402_300_799_999;

    private readonly Dictionary<char, int> _values = [];

    public bool IsAfternoon { get; set; }

    public TimeSpan Offset { get; set; }

    public int this[char component]
    {
        set => _values[component] = value;
    }

    public bool IsEmpty => _values.Count == 0;

    /// <param name="now">The message's clock in UTC.</param>
    /// <param name="mustExist">False to take 30 February for 2 March, as JavaScript does.</param>
    /// <returns>Milliseconds of Unix time; null when the components are no day or time of the calendar, or in no year from 1 to 9999.</returns>
    /// <exception cref="PictureException">D3136 for a gap, and for dates by weeks, which JSONata does not read.</exception>
    public long? ToMillis(DateTime now, bool mustExist)
    {
        var byDayOfYear = !Only("YXMxWwdD", "YMD") && Only("YXMxWwdD", "Yd");
        if (Only("YXMxWwdD", "Xxw") || Only("YXMxWwdD", "XW")) throw new PictureException("D3136");
        var halves = !Only("PHhmsf", "Hmsf") && Only("PHhmsf", "Phmsf");
        Complete((byDayOfYear ? "Yd" : "YMD") + (halves ? "Phmsf" : "Hmsf"), now);

        var year = _values['Y'] is >= 0 and < 100 and var old ? 1900 + old : _values['Y'];
        if (mustExist && !(DayExists(year, byDayOfYear) && ClockExists(halves))) return null;
        return Millis(year, byDayOfYear, halves);
    }

    /// <summary>By adding up, so that the day behind a month's last one is the next month's first.</summary>
    private long? Millis(int year, bool byDayOfYear, bool halves)
    {
        var month = byDayOfYear ? 0 : Math.Max(_values['M'] - 1, 0);
        var first = year + (month / 12);
        if (first is < 1 or > 9999) return null;
        var hour = halves ? (_values['h'] == HalfDay ? 0 : _values['h']) + (IsAfternoon ? HalfDay : 0) : _values['H'];
        var clock = ((((((hour * 60L) + _values['m']) * 60) + _values['s']) * 1000) + _values['f']) - (long)Offset.TotalMilliseconds;
        var day = new DateTimeOffset(first, (month % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() + ((_values[byDayOfYear ? 'd' : 'D'] - 1L) * MillisOfDay);
        return day + clock is >= MinMillis and <= MaxMillis and var millis ? millis : null;
    }

    private bool DayExists(int year, bool byDayOfYear)
    {
        if (year is < 1 or > 9999) return false;
        if (byDayOfYear) return _values['d'] >= 1 && _values['d'] <= (DateTime.IsLeapYear(year) ? 366 : 365);
        return _values['M'] is >= 1 and <= 12 and var month && _values['D'] >= 1 && _values['D'] <= DateTime.DaysInMonth(year, month);
    }

    private bool ClockExists(bool halves)
    {
        var (minute, second, milli) = (_values['m'], _values['s'], _values['f']);
        if (minute is < 0 or > 59 || second is < 0 or > 59) return false;
        if (halves) return _values['h'] is >= 0 and <= HalfDay;
        var isEndOfDay = _values['H'] == 24 && minute == 0 && second == 0 && milli == 0;
        return _values['H'] is >= 0 and <= 23 || isEndOfDay;
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
