using Hub.Abstractions.Messages;
using Hub.Core.Pipelines;

namespace Tests.Pipelines;

public sealed class RunPlaceTests
{
    [Theory]
    [InlineData(null, "body:1:1")]
    [InlineData("", "body:1:1")]
    [InlineData("inbox/a.json:12:3", "inbox/a.json:12:3")]
    [InlineData("inbox/a.csv:12", "inbox/a.csv:12")]
    [InlineData("inbox/a.csv", "inbox/a.csv")]
    [InlineData("C:/inbox/a.csv:4:1", "C:/inbox/a.csv:4:1")]
    [InlineData("a:-4:1x", "a:-4:1x")]
    [InlineData("a:99999999999:1", "a:99999999999:1")]
    public void Place_IsTheRecordsOrigin(string? origin, string expected) =>
        Assert.Equal(expected, RunPlace.Of(new MessageAttributes { Origin = origin }).ToString());
}
