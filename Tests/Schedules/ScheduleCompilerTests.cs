using Hub.Core.Configuration;
using Hub.Core.Runtime;
using Hub.Core.Schedules;
using Hub.Host.Schedules;
using Mappings.Diagnostics;
using Mappings.Yaml;
using Tests.Runtime;
using Tests.Support;

namespace Tests.Schedules;

public sealed class ScheduleCompilerTests
{
    [Theory]
    [InlineData("{ at: \"0 30 25 * * ?\" }", "hub.yaml:2:19: error SCH871: retention.at")]
    [InlineData("{ at: \"30 3 * * *\" }", "hub.yaml:2:19: error SCH871: retention.at")]
    [InlineData("{ at: \"0 0 0 1 1 ? 2020\" }", "hub.yaml:2:19: error SCH873: retention.at")]
    [InlineData("{ at: \"0 30 3 * * ?\", zone: Europe/Berlyn }", "hub.yaml:2:40: error SCH872: retention.zone")]
    [InlineData("{ zone: Europe/Berlin }", "hub.yaml:2:20: error SCH874: retention.zone")]
    public void Compile_WhatMeansNothing_IsRefusedAtItsPlace(string retention, string expected)
    {
        var findings = Compile(retention, new QuartzCronExpressions(), out var definition);

        Assert.Null(definition);
        var finding = Assert.Single(findings);
        Assert.StartsWith(expected, finding.ToString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(finding.Fix()));
    }

    [Fact]
    public void Compile_AZoneMisspelt_IsToldTheOneThatWasMeant() =>
        Assert.Contains("Europe/Berlin", Assert.Single(Compile("{ at: \"0 30 3 * * ?\", zone: Europe/Berlyn }", new QuartzCronExpressions(), out _)).Fix(), StringComparison.Ordinal);

    [Fact]
    public void Compile_InAProgramWithoutCronExpressions_IsRefused() =>
        Assert.Equal("SCH871", Assert.Single(Compile("{ at: \"0 30 3 * * ?\" }", null, out _)).Code);

    [Fact]
    public void Compile_WithoutATime_IsHourly()
    {
        Assert.Empty(Compile("{}", new QuartzCronExpressions(), out var definition));

        Assert.Same(RetentionSweep.Hourly, definition!.Retention);
        Assert.Equal(new DateTimeOffset(2024, 3, 4, 10, 0, 0, TimeSpan.Zero), definition.Retention.Times.After(new FakeClock().GetUtcNow()));
    }

    private static List<Finding> Compile(string retention, ICronExpressions? crons, out HubDefinition? definition)
    {
        var files = new Dictionary<string, string>
        {
            ["hub.yaml"] = $"hub: test\nretention: {retention}\n",
            ["systems/crm.yaml"] = "system: crm\nconnector: scripted\nendpoints: { deals: {}, orders: {} }\n",
            ["pipelines/orders.yaml"] = "pipeline: orders\nfrom: crm.orders\nsteps:\n  - send: crm.deals\n",
        };
        var compiler = new HubCompiler([new ScriptedConnector()], new FakeClock(), crons: crons);
        var loaded = ConfigurationLoader.Load(ConfigurationSnapshot.Of("config", files), null, compiler.Specs, new NoReferences());
        Assert.Equal([], loaded.Findings.Select(f => f.ToString()));
        var findings = new Findings();
        definition = compiler.Compile(loaded, findings);
        return [.. findings];
    }

    private sealed class NoReferences : IReferenceSource
    {
        public string? Variable(string name) => null;

        public string? File(string path) => null;
    }
}
