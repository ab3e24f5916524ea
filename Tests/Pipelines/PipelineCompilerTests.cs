namespace Tests.Pipelines;

/// <summary>What an admin reads for a pipeline that cannot be meant.</summary>
public sealed class PipelineCompilerTests
{
    private readonly PipelineBench _bench = new();

    [Theory]
    [InlineData("- send: crm.dealz", "pipelines/p.yaml:4:11: error CFG209: steps[0].send: there is no endpoint \"crm.dealz\"; did you mean \"crm.deals\"?")]
    [InlineData("- send: vault.box", "pipelines/p.yaml:4:11: error CFG245: steps: the connector sealed of vault.box sends no messages")]
    [InlineData("- send: [ crm.deals, crm.deals ]", "pipelines/p.yaml:4:24: error CFG269: steps[0].send[1]: crm.deals is named twice")]
    [InlineData("- filter: a >", "pipelines/p.yaml:4:16: error S0207")]
    [InlineData("- filter: = $summ(a) > 1", "pipelines/p.yaml:4:15: error T1006")]
    [InlineData("- enrich: { as: a, from: vault.box, where: { b: c } }", "pipelines/p.yaml:4:28: error CFG246: steps: the connector sealed of vault.box answers no questions")]
    [InlineData("- enrich: { as: a, from: crm.accounts, where: {} }", "pipelines/p.yaml:4:49: error CFG264: steps[0].enrich.where: the question has no condition")]
    [InlineData("- split: a\n- split: b", "pipelines/p.yaml:5:5: error CFG270: steps[1].split: a pipeline splits at most once")]
    [InlineData("- validate: nothing", "pipelines/p.yaml:4:15: error CFG210: steps[0].validate: there is no contract \"nothing\"")]
    [InlineData("- map: nothing", "pipelines/p.yaml:4:10: error CFG210: steps[0].map: there is no mapping \"nothing\"")]
    [InlineData("- fliter: a", "pipelines/p.yaml:4:5: error CFG209: steps[0]: there is no step \"fliter\"; did you mean \"filter\"?")]
    public void Step_ThatCannotBeMeant_IsRefusedAtItsPlace(string step, string expected)
    {
        var steps = step.Contains("send", StringComparison.Ordinal) ? step : step + "\n- send: crm.deals";

        var findings = _bench.Try(PipelineBench.Steps(steps), out var pipeline);

        Assert.Null(pipeline);
        Assert.StartsWith(expected, Assert.Single(findings));
    }

    [Theory]
    [InlineData("- { when: a > 1 }", "5:9: error CFG265: steps[0].route[0]: a branch has when and to, or otherwise alone")]
    [InlineData("- { to: crm.deals }", "error CFG265")]
    [InlineData("- { when: a > 1, to: crm.deals, otherwise: crm.deals }", "error CFG265")]
    [InlineData("- { otherwise: crm.deals }\n    - { when: a > 1, to: crm.deals }", "error CFG266")]
    public void Branch_ThatCannotBeMeant_IsRefused(string branches, string expected)
    {
        var findings = _bench.Try(PipelineBench.Steps($"- route:\n    {branches}"), out var pipeline);

        Assert.Null(pipeline);
        Assert.Contains(expected, Assert.Single(findings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- filter: a = 1", "CFG240")]
    [InlineData("- send: crm.deals\n- filter: a = 1", "CFG241")]
    public void Pipeline_WithoutOneEnd_IsRefused(string steps, string code) =>
        Assert.Contains(code, Assert.Single(_bench.Try(PipelineBench.Steps(steps), out _)), StringComparison.Ordinal);

    [Theory]
    [InlineData("dedupe: contents\n", "pipelines/p.yaml:3:9: error CFG267: dedupe: \"contents\" is no way to tell duplicates")]
    [InlineData("dedupe: key\n", "pipelines/p.yaml:3:9: error CFG268: dedupe: dedupe: key needs a key")]
    [InlineData("key: a + 1\n", "pipelines/p.yaml:3:")]
    public void Head_ThatCannotBeMeant_IsRefused(string head, string expected) =>
        Assert.StartsWith(expected, Assert.Single(_bench.Try(PipelineBench.Steps("- send: crm.deals", head), out _)));

    [Fact]
    public void Source_ThatBringsNothing_IsRefused()
    {
        var findings = _bench.Try("pipeline: p\nfrom: vault.box\nsteps:\n  - send: crm.deals\n", out _);

        Assert.Equal(["pipelines/p.yaml:2:7: error CFG244: from: the connector sealed of vault.box takes no messages in"], findings);
    }

    [Fact]
    public void Pipeline_TooLong_IsRefused()
    {
        var steps = string.Concat(Enumerable.Repeat("- filter: a = 1\n", 50)) + "- send: crm.deals";

        Assert.Equal(["pipelines/p.yaml:54:5: error CFG271: steps: more than 50 steps in one pipeline"], _bench.Try(PipelineBench.Steps(steps), out _));
    }

    [Fact]
    public void Findings_OfOnePipeline_AreReportedTogether()
    {
        var findings = _bench.Try(PipelineBench.Steps("- filter: a >\n- filter: (a\n- send: [ crm.deals, crm.deals ]"), out _);

        Assert.Equal(3, findings.Count);
    }

    [Fact]
    public void Expression_InAQuotedText_IsMarkedAtItsCharacter()
    {
        var findings = _bench.Try(PipelineBench.Steps("- filter: 'a = ''x'' and $summ(b) = 1'\n- send: crm.deals"), out _);

        Assert.StartsWith("pipelines/p.yaml:4:28: error T1006", Assert.Single(findings));
    }
}
