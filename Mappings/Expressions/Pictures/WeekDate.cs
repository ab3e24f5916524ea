namespace Mappings.Expressions.Pictures;

/// <summary>ISO 8601 weeks: a week belongs to the year, and to the month, in which its Thursday lies.</summary>
internal readonly record struct WeekDate(int Year, int Week, int Month, int WeekOfMonth)
{
    private const int DaysOfWeek = 7;
    private const int Thursday = 4;

    public static int DayOf(DateTime day) => day.DayOfWeek == DayOfWeek.Sunday ? DaysOfWeek : (int)day.DayOfWeek;

    public static WeekDate From(DateTime day)
    {
        var shift = Thursday - DayOf(day);

        // The last week of year 9999 has its Thursday in it too; year 1 begins with a Monday.
        var middle = day.Date.AddDays(shift);
        return new WeekDate(middle.Year, ((middle.DayOfYear - 1) / DaysOfWeek) + 1, middle.Month, ((middle.Day - 1) / DaysOfWeek) + 1);
    }
}
