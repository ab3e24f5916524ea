using Hub.Core.Journal;

namespace Tests.Pipelines;

public sealed class MapStepTests
{
    private readonly PipelineBench _bench = new();

    [Fact]
    public async Task Output_IsSent()
    {
        var outcome = await RunAsync("{ \"id\": no, \"total\": sum }", "- map: m\n- send: crm.deals", """{"no":1.50,"sum":[1]}""");

        Assert.Equal("Open\ncrm.deals [0] {\"id\":1.50,\"total\":[1]}\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task Output_IsTheDocumentOfLaterSteps()
    {
        var outcome = await RunAsync("{ \"amount\": no }", "- map: m\n- filter: amount > 1\n- map: m\n- filter: $exists(amount) = false\n- send: crm.deals", """{"no":2}""");

        Assert.Equal("Open\ncrm.deals [0] {}\n", PipelineBench.Show(outcome));
    }

    [Theory]
    [InlineData("- map: m\n- send: crm.deals")]
    [InlineData("- map: m\n- route:\n    - otherwise: crm.deals")]
    public async Task Output_ThatNoStepLooksAt_IsNotRead(string steps)
    {
        _bench.WithMapping("m", new FakeMapping("1", written: "not even JSON"));

        var outcome = await _bench.RunAsync(_bench.Compile(PipelineBench.Steps(steps)), "{}");

        Assert.Equal("Open\ncrm.deals [0] not even JSON\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task Output_ThatCannotBeReadAgain_IsDeadAtTheStepThatLooks()
    {
        _bench.WithMapping("m", new FakeMapping("1", written: new string('[', 200) + new string(']', 200)));

        var outcome = await _bench.RunAsync(_bench.Compile(PipelineBench.Steps("- map: m\n- filter: a = 1\n- send: crm.deals")), "{}", "a.json:3:1");

        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("LIM521", "a.json:3:1", "steps[1].filter"), (finding.Code, finding.At.ToString(), finding.Path));
        Assert.Equal(MessageState.Dead, outcome.State);
    }

    [Fact]
    public async Task Record_Skipped_IsFiltered()
    {
        var outcome = await RunAsync("\"skip\"", "- map: m\n- send: crm.deals", "{}");

        Assert.Equal("Filtered\n", PipelineBench.Show(outcome));
        Assert.Equal([new StepOutcome(0, StepResultKind.Filtered, 0)], outcome.Steps);
    }

    [Fact]
    public async Task Record_Failed_IsDeadWithTheMappingsFindings()
    {
        var outcome = await RunAsync("\"fail\"", "- map: m\n- send: crm.deals", "{}");

        Assert.Equal((MessageState.Dead, "DAT310", "body:1:1"), (outcome.State, outcome.Findings[0].Code, outcome.Findings[0].At.ToString()));
        Assert.Empty(outcome.Deliveries);
    }

    [Fact]
    public async Task Warnings_GoWithTheMessage()
    {
        var outcome = await RunAsync("\"warn\"", "- map: m\n- send: crm.deals", "{}");

        Assert.Equal((MessageState.Open, "DAT311"), (outcome.State, Assert.Single(outcome.Findings).Code));
    }

    [Fact]
    public async Task Parts_AreMappedBesideTheWholeMessage()
    {
        var outcome = await RunAsync(
            "{ \"id\": $message.no & \"-\" & n }", "- split: lines\n- map: m\n- filter: id != \"A-2\"\n- send: crm.deals", """{"no":"A","lines":[{"n":1},{"n":2},{"n":3}]}""");

        Assert.Equal("Open\ncrm.deals [0] {\"id\":\"A-1\"}\ncrm.deals [2] {\"id\":\"A-3\"}\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public async Task Part_Failed_NamesThePartAndItsPlace()
    {
        var outcome = await RunAsync(
            "n = 2 ? \"fail\" : n", "- split: lines\n- map: m\n- send: crm.deals", "{\"lines\":[{\"n\":1},\n{\"n\":2},{\"n\":3}]}");

        Assert.Equal(MessageState.Dead, outcome.State);
        Assert.Empty(outcome.Deliveries);
        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(("lines[1]: field", "body:2:1"), (finding.Path, finding.At.ToString()));
    }

    [Fact]
    public async Task Split_OfAMappedDocument_KeepsItsParts()
    {
        var outcome = await RunAsync("{ \"lines\": lines ? lines : 7 }", "- map: m\n- split: lines\n- map: m\n- send: crm.deals", """{"lines":[{"lines":1},{"lines":2}]}""");

        Assert.Equal("Open\ncrm.deals [0] {\"lines\":1}\ncrm.deals [1] {\"lines\":2}\n", PipelineBench.Show(outcome));
    }

    [Fact]
    public void Mapping_ForAnotherFormatThanTheSource_IsRefused()
    {
        _bench.WithMapping("m", new FakeMapping("1", sourceFormat: "xml"));

        Assert.Equal(
            ["pipelines/p.yaml:4:10: error CFG263: steps[0].map: m is written for xml, but erp.orders sends json"],
            _bench.Try(PipelineBench.Steps("- map: m\n- send: crm.deals"), out _));
    }

    [Fact]
    public void Mapping_ForJson_TakesLinesOfJson()
    {
        _bench.SourceFormat = Mappings.Formats.MessageFormat.NdJson;
        _bench.WithMapping("m", new FakeMapping("1", sourceFormat: "json"));

        Assert.Empty(_bench.Try(PipelineBench.Steps("- map: m\n- send: crm.deals"), out _));
    }

    [Fact]
    public void Mapping_ThatDidNotCompile_GivesNoPipelineAndNoSecondFinding()
    {
        _bench.WithMapping("m", null);

        Assert.Empty(_bench.Try(PipelineBench.Steps("- map: m\n- send: crm.deals"), out var pipeline));
        Assert.Null(pipeline);
    }

    private ValueTask<PipelineOutcome> RunAsync(string expression, string steps, string json)
    {
        _bench.WithMapping("m", new FakeMapping(expression));
        return _bench.RunAsync(_bench.Compile(PipelineBench.Steps(steps)), json);
    }
}
