using System.Globalization;

namespace Mappings.Mapping.Temporal;

/// <summary>What a text says about time, as far as it says it.</summary>
internal struct TemporalParts
{
    public int Year = 1;
    public int Month = 1;
    public int Day = 1;
    public int Hour;
    public int Minute;
    public int Second;

    /// <summary>Fraction of the second in units of 100 ns.</summary>
    public int Fraction;

    public int OffsetMinutes;
    public bool HasDate;
    public bool HasTime;
    public bool HasOffset;

    public TemporalParts()
    {
    }

    /// <summary>The wall clock; only after <see cref="Check"/>.</summary>
    public readonly DateTime Local => new DateTime(Year, Month, Day, Hour, Minute, Second, DateTimeKind.Unspecified).AddTicks(Fraction);

    public static TemporalParts From(DateTime local) => new()
    {
        Year = local.Year,
        Month = local.Month,
        Day = local.Day,
        Hour = local.Hour,
        Minute = local.Minute,
        Second = local.Second,
        Fraction = (int)(local.Ticks % TimeSpan.TicksPerSecond),
        HasDate = true,
        HasTime = true,
    };

    public static TemporalParts From(DateTimeOffset moment) => From(moment.DateTime) with
    {
        OffsetMinutes = (int)(moment.Offset.Ticks / TimeSpan.TicksPerMinute),
        HasOffset = true,
    };

    /// <summary>Null when the calendar and the clock know these numbers; a day too high for its month has a fault that says so.</summary>
    public readonly TemporalFault? Check(TemporalKind kind, string expected)
    {
        if (Year is >= 1 and <= 9999 && Month is >= 1 and <= 12 && Day is >= 1 and <= 31 && Day > DateTime.DaysInMonth(Year, Month))
        {
            var month = string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");
            return new TemporalFault("DAT311", ("type", Word(kind)), ("month", month), ("days", DateTime.DaysInMonth(Year, Month).ToString(CultureInfo.InvariantCulture)), ("expected", expected));
        }

        var fits = Year is >= 1 and <= 9999 && Month is >= 1 and <= 12 && Day is >= 1 and <= 31
            && Hour is >= 0 and <= 23 && Minute is >= 0 and <= 59 && Second is >= 0 and <= 59 && Math.Abs(OffsetMinutes) <= 14 * 60;
        return fits ? null : Unreadable(kind, expected);
    }

    public static TemporalFault Unreadable(TemporalKind kind, string expected) => new("DAT316", ("type", Word(kind)), ("expected", expected));

    public static string Word(TemporalKind kind) => kind switch
    {
        TemporalKind.Date => "date",
        TemporalKind.Time => "time",
        TemporalKind.DateTime => "datetime",
        _ => "instant",
    };
}
