using Hub.Core.Schedules;
using Hub.Host.Schedules;

namespace Tests.Schedules;

/// <summary>What the hub relies on of Quartz's cron expressions, and says in docs/how-to/schedule-work.md.</summary>
public sealed class QuartzCronTests
{
    [Theory]
    [InlineData("0 30 3 * * ?", "Europe/Berlin", "2024-03-04T09:00:00Z", "2024-03-05T02:30:00Z 2024-03-06T02:30:00Z")]
    [InlineData("0 0 6 ? * MON-FRI", "Asia/Shanghai", "2024-03-08T00:00:00Z", "2024-03-10T22:00:00Z 2024-03-11T22:00:00Z")]
    [InlineData("0 0 0 29 2 ?", "UTC", "2024-03-04T09:00:00Z", "2028-02-29T00:00:00Z 2032-02-29T00:00:00Z")]
    public void After_GoesByTheClockOfItsZone(string cron, string zone, string after, string expected) => Assert.Equal(expected, Times(cron, zone, after, 2));

    // 31 March 2024: 02:00 becomes 03:00 in Berlin. A time that is not there is met when the clock has gone forward.
    [Theory]
    [InlineData("0 30 2 * * ?", "2024-03-30T12:00:00Z", "2024-03-31T01:00:00Z 2024-04-01T00:30:00Z")]
    [InlineData("0 0 3 * * ?", "2024-03-30T12:00:00Z", "2024-03-31T01:00:00Z 2024-04-01T01:00:00Z")]
    [InlineData("0 0 * * * ?", "2024-03-30T23:30:00Z", "2024-03-31T00:00:00Z 2024-03-31T01:00:00Z 2024-03-31T02:00:00Z")]
    public void After_InTheGapOfSpring_IsThereOnce(string cron, string after, string expected) =>
        Assert.Equal(expected, Times(cron, "Europe/Berlin", after, expected.Split(' ').Length));

    // 27 October 2024: 03:00 becomes 02:00 in Berlin.
    [Theory]
    [InlineData("0 30 2 * * ?", "2024-10-26T12:00:00Z", "2024-10-27T00:30:00Z 2024-10-28T01:30:00Z")]
    [InlineData("0 0 * * * ?", "2024-10-26T23:30:00Z", "2024-10-27T00:00:00Z 2024-10-27T01:00:00Z 2024-10-27T02:00:00Z")]
    public void After_InTheHourThatComesTwice(string cron, string after, string expected) =>
        Assert.Equal(expected, Times(cron, "Europe/Berlin", after, expected.Split(' ').Length));

    [Theory]
    [InlineData("")]
    [InlineData("every day")]
    [InlineData("0 30 25 * * ?")]
    [InlineData("30 3 * * *")]
    public void Read_WhatIsNoCronExpression_SaysWhy(string cron)
    {
        Assert.Null(new QuartzCronExpressions().Read(cron, TimeZoneInfo.Utc, out var reason));
        Assert.False(string.IsNullOrWhiteSpace(reason));
    }

    private static string Times(string cron, string zone, string after, int count)
    {
        var times = new QuartzCronExpressions().Read(cron, TimeZoneInfo.FindSystemTimeZoneById(zone), out _)!;
        var found = new List<string>();
        var time = DateTimeOffset.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
        {
            time = times.After(time)!.Value;
            found.Add(time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        }

        return string.Join(' ', found);
    }
}
