using Hub.Core.Delivery;

namespace Tests.Delivery;

public sealed class CircuitBreakerTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);
    private readonly CircuitBreaker _breaker = new(new BreakerDefinition(3, TimeSpan.FromMinutes(1)));

    [Fact]
    public void Failures_FewerThanTheLimit_LeaveItClosed()
    {
        Fail(2);

        Assert.Equal(BreakerState.Closed, _breaker.State);
        Assert.True(_breaker.TryEnter(Start, out var probe));
        Assert.False(probe);
    }

    [Fact]
    public void Failures_InARow_OpenItForThePause()
    {
        Fail(3);

        Assert.Equal(BreakerState.Open, _breaker.State);
        Assert.False(_breaker.TryEnter(Start + TimeSpan.FromSeconds(59.999), out _));
        Assert.Equal(Start + TimeSpan.FromMinutes(1), _breaker.Until);
    }

    [Fact]
    public void Answer_InBetween_StartsTheCountAnew()
    {
        Fail(2);
        _breaker.Answered(probe: false);
        Fail(2);

        Assert.Equal(BreakerState.Closed, _breaker.State);
    }

    [Fact]
    public void Probe_AfterThePause_IsTheOnlyOneOut()
    {
        Fail(3);

        Assert.True(_breaker.TryEnter(Start + TimeSpan.FromMinutes(1), out var probe));
        Assert.True(probe);
        Assert.Equal(BreakerState.HalfOpen, _breaker.State);
        Assert.False(_breaker.TryEnter(Start + TimeSpan.FromMinutes(2), out _));
    }

    [Fact]
    public void Probe_Answered_ClosesIt()
    {
        Probe();
        _breaker.Answered(probe: true);

        Assert.Equal(BreakerState.Closed, _breaker.State);
        Assert.True(_breaker.TryEnter(Start + TimeSpan.FromMinutes(1), out _));
    }

    [Fact]
    public void Probe_Failed_OpensItForAnotherPause()
    {
        Probe();
        Assert.True(_breaker.Failed(probe: true, Start + TimeSpan.FromMinutes(2)));

        Assert.Equal(Start + TimeSpan.FromMinutes(3), _breaker.Until);
        Assert.False(_breaker.TryEnter(Start + TimeSpan.FromMinutes(2.5), out _));
    }

    [Fact]
    public void Probe_Abandoned_LetsTheNextOneOutAtOnce()
    {
        Probe();
        _breaker.Abandoned(probe: true);

        Assert.True(_breaker.TryEnter(Start + TimeSpan.FromMinutes(1), out var probe));
        Assert.True(probe);
    }

    [Fact]
    public void LateResult_FromBeforeItOpened_ProvesNothing()
    {
        Fail(3);
        _breaker.Answered(probe: false);
        Assert.Equal(BreakerState.Open, _breaker.State);
        Assert.False(_breaker.Failed(probe: false, Start + TimeSpan.FromSeconds(30)));

        Assert.Equal(Start + TimeSpan.FromMinutes(1), _breaker.Until);
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++) _breaker.Failed(probe: false, Start);
    }

    private void Probe()
    {
        Fail(3);
        Assert.True(_breaker.TryEnter(Start + TimeSpan.FromMinutes(1), out _));
    }
}
