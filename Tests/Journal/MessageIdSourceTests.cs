using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Tests.Support;

namespace Tests.Journal;

public sealed class MessageIdSourceTests
{
    private static readonly DateTimeOffset Start = new(2024, 3, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _clock = new(Start);

    [Fact]
    public void Next_FirstOfAMillisecond_HoldsTheTimeSince2020()
    {
        var id = new MessageIdSource(_clock, MessageId.None).Next();

        Assert.Equal((long)(Start - new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalMilliseconds << 22, id.Value);
    }

    [Fact]
    public void Next_WhenTheClockGoesBack_StillGrows()
    {
        var source = new MessageIdSource(_clock, MessageId.None);
        var before = source.Next();
        _clock.Set(Start.AddDays(-1));

        var after = source.Next();

        Assert.Equal(before.Value + 1, after.Value);
        _clock.Set(Start.AddMilliseconds(1));
        Assert.Equal(MessageIdSource.First(Start.AddMilliseconds(1)), source.Next());
    }

    [Fact]
    public void Next_MoreThanFourMillionInAMillisecond_RunsOnInTheNext()
    {
        var last = MessageIdSource.First(Start).Value + (1 << 22) - 1;
        var source = new MessageIdSource(_clock, new MessageId(last));

        Assert.Equal(MessageIdSource.First(Start.AddMilliseconds(1)), source.Next());
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(MessageIdSource.First(Start.AddMilliseconds(1)).Value + 1, source.Next().Value);
    }

    [Fact]
    public async Task Next_FromSeveralThreads_NeverGivesAnIdTwice()
    {
        var source = new MessageIdSource(_clock, MessageId.None);

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 20_000).Select(_ => source.Next()).ToArray())));

        Assert.Equal(80_000, taken.SelectMany(ids => ids).Distinct().Count());
        Assert.All(taken, ids => Assert.Equal(ids.Order(), ids));
    }

    [Theory]
    [InlineData(2019)]
    [InlineData(2020)]
    public void First_NotAfterTheEpoch_IsNone(int year) =>
        Assert.Equal(MessageId.None, MessageIdSource.First(new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void First_EndOfTime_DoesNotOverflow() => Assert.True(MessageIdSource.First(DateTimeOffset.MaxValue).Value > 0);
}
