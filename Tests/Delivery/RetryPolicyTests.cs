using Hub.Core.Delivery;

namespace Tests.Delivery;

public sealed class RetryPolicyTests
{
    private static readonly DateTimeOffset Now = new(2024, 3, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly RetryDefinition Policy = new(2, [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)], 0.2);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 10)]
    [InlineData(4, 60)]
    public void Attempt_BeforeTheLast_IsFollowedAfterTheListedWait(int attempt, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), RetryPolicy.Decide(Policy, attempt, true, null, 0.5, Now).Due);

    [Fact]
    public void Attempt_TheLast_GivesUp() => Assert.True(RetryPolicy.Decide(Policy, 5, true, null, 0.5, Now).GivesUp);

    [Fact]
    public void MaxAttempts_CountsTheFirstOneToo() => Assert.Equal(5, Policy.MaxAttempts);

    [Fact]
    public void PermanentFailure_GivesUpAtOnce() => Assert.True(RetryPolicy.Decide(Policy, 1, false, TimeSpan.FromSeconds(1), 0.5, Now).GivesUp);

    [Theory]
    [InlineData(0.0, 8.0)]
    [InlineData(0.25, 9.0)]
    [InlineData(0.75, 11.0)]
    public void Jitter_SpreadsTheWaitAroundItsValue(double lottery, double seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), RetryPolicy.Decide(Policy, 3, true, null, lottery, Now).Due);

    [Fact]
    public void RetryAfter_PostponesAlsoAnImmediateAttempt() =>
        Assert.Equal(Now.AddSeconds(7), RetryPolicy.Decide(Policy, 1, true, TimeSpan.FromSeconds(7), 0.5, Now).Due);

    [Fact]
    public void RetryAfter_ShorterThanTheWait_ChangesNothing() =>
        Assert.Equal(Now.AddSeconds(10), RetryPolicy.Decide(Policy, 3, true, TimeSpan.FromSeconds(7), 0.5, Now).Due);

    [Fact]
    public void RetryAfter_BeyondADay_IsCutToADay() =>
        Assert.Equal(Now.AddDays(1), RetryPolicy.Decide(Policy, 3, true, TimeSpan.FromDays(3650), 0.5, Now).Due);

    [Fact]
    public void RetryAfter_OnTheLastAttempt_DoesNotAddOne() =>
        Assert.True(RetryPolicy.Decide(Policy, 5, true, TimeSpan.FromSeconds(7), 0.5, Now).GivesUp);
}
