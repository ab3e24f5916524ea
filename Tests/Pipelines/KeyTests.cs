using Hub.Core.Pipelines;
using Mappings.Diagnostics;

namespace Tests.Pipelines;

public sealed class KeyTests
{
    private readonly PipelineBench _bench = new();

    [Theory]
    [InlineData("no", """{"no":"SO-1"}""", "SO-1")]
    [InlineData("no", """{"no":90071992547409931}""", "90071992547409931")]
    [InlineData("no", """{"no":1.50}""", "1.50")]
    [InlineData("no", """{"no":true}""", "true")]
    [InlineData("header.no", """{"header":{"no":"客户"}}""", "客户")]
    [InlineData("= a & \"-\" & b", """{"a":"x","b":7}""", "x-7")]
    public void Key_IsTheTextOfItsValue(string key, string json, string expected)
    {
        Assert.True(Identify($"key: {key}\n", json, out var lane, out _, out _));
        Assert.Equal(expected, lane);
    }

    [Fact]
    public void Key_LeftOut_IsEmpty()
    {
        var pipeline = _bench.Compile(PipelineBench.Steps("- send: crm.deals"));
        using var run = _bench.Rent("{}");

        Assert.True(pipeline.TryIdentify(run, out var key, out _, out _));
        Assert.Equal((string.Empty, false), (key, pipeline.HasKey));
    }

    [Theory]
    [InlineData("{}", "pipelines/p.yaml:3:6 DAT361 no key: no gives no value")]
    [InlineData("""{"no":null}""", "pipelines/p.yaml:3:6 DAT361 no key: no gives null")]
    [InlineData("""{"no":""}""", "pipelines/p.yaml:3:6 DAT361 no key: no gives \"\"")]
    [InlineData("""{"no":[1,2]}""", "pipelines/p.yaml:3:6 DAT362 no gives a list of 2; one text, number, true or false is expected")]
    [InlineData("""{"no":{}}""", "pipelines/p.yaml:3:6 DAT362 no gives an object; one text, number, true or false is expected")]
    public void Key_WithoutAUsableValue_NamesThePipelinesLine(string json, string expected)
    {
        Assert.False(Identify("key: no\n", json, out var key, out var dedupe, out var finding));
        Assert.Equal(string.Empty, key);
        Assert.StartsWith("c::", dedupe);
        Assert.Equal(expected, $"{finding!.Mapping} {finding.Code} {finding.Message()}");
        Assert.Equal("body:1:1", finding.At.ToString());
    }

    [Fact]
    public void Key_TooLong_IsRefused()
    {
        Assert.False(Identify("key: no\n", $$"""{"no":"{{new string('x', 501)}}"}""", out _, out _, out var finding));
        Assert.Equal("no gives 501 characters; the most is 500", finding!.Message());
    }

    [Theory]
    [InlineData("", "7", null, "e:7")]
    [InlineData("", "7", "/shop", "e:/shop|7")]
    [InlineData("dedupe: event\n", null, null, "c:k:in0ETWgo4XbbWCZmAesvS+mPhzgrd7I34g0N9KQUSy8=")]
    [InlineData("dedupe: content\n", "7", null, "c:k:in0ETWgo4XbbWCZmAesvS+mPhzgrd7I34g0N9KQUSy8=")]
    [InlineData("dedupe: key\n", "7", null, "k:k")]
    [InlineData("dedupe: none\n", "7", null, null)]
    [InlineData("dedupe: '= no & version'\n", "7", null, "x:k2")]
    public void Dedupe_ByItsMode(string dedupe, string? eventId, string? source, string? expected)
    {
        var pipeline = _bench.Compile(PipelineBench.Steps("- send: crm.deals", $"key: no\n{dedupe}"));
        using var run = _bench.Rent("""{"no":"k","version":2}""", eventId: eventId, source: source);

        Assert.True(pipeline.TryIdentify(run, out _, out var actual, out _));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Dedupe_OtherBody_IsAnotherMessage()
    {
        Identify("dedupe: content\n", """{"no":1}""", out _, out var one, out _);
        Identify("dedupe: content\n", """{"no":1.0}""", out _, out var other, out _);

        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Dedupe_LongEventId_IsShortened()
    {
        var pipeline = _bench.Compile(PipelineBench.Steps("- send: crm.deals"));
        using var run = _bench.Rent("{}", eventId: new string('x', 100_000));

        Assert.True(pipeline.TryIdentify(run, out _, out var dedupe, out _));
        Assert.StartsWith("h:", dedupe);
        Assert.Equal(46, dedupe!.Length);
    }

    [Fact]
    public void Dedupe_ExpressionWithoutAValue_IsDead()
    {
        Assert.False(Identify("dedupe: '= version'\n", "{}", out _, out var dedupe, out var finding));
        Assert.Null(dedupe);
        Assert.Equal("DAT371", finding!.Code);
    }

    private bool Identify(string head, string json, out string key, out string? dedupe, out Finding? finding)
    {
        using var run = _bench.Rent(json);
        return _bench.Compile(PipelineBench.Steps("- send: crm.deals", head)).TryIdentify(run, out key, out dedupe, out finding);
    }
}
