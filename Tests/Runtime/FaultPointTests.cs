using Hub.Core.Runtime;

namespace Tests.Runtime;

public sealed class FaultPointTests
{
    [Theory]
    [InlineData(null, null, 1)]
    [InlineData("", null, 1)]
    [InlineData("sent", "sent", 1)]
    [InlineData("sent:7", "sent", 7)]
    [InlineData("mid-batch:40", "mid-batch", 40)]
    [InlineData("sent:0", "sent", 1)]
    [InlineData("sent:x", "sent", 1)]
    public void Variable_Written_NamesThePlaceAndTheVisit(string? value, string? name, int times)
    {
        Assert.Equal((name, times), (FaultPoint.Name(value), FaultPoint.Times(value)));
    }

    [Fact]
    public void Place_WithoutTheVariable_LetsEverybodyPass()
    {
        Assert.Null(Environment.GetEnvironmentVariable(FaultPoint.Variable));

        FaultPoint.Reach(FaultPoint.Sent);
    }
}
