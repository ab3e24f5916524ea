using Hub.Core.Pipelines.Steps;
using Mappings.Yaml;

namespace Tests.Pipelines;

public sealed class StepCatalogTests
{
    public static TheoryData<string> Kinds => [.. StepCatalog.All.Select(s => s.Kind)];

    [Fact]
    public void Catalog_NamesTheStepsOfTheGrammar() =>
        Assert.Equal(["filter", "validate", "enrich", "split", "map", "route", "send"], StepCatalog.All.Select(s => s.Kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Spec_ExamplesAndDefaults_AreOfTheirKinds(string kind) =>
        Assert.Empty(SpecExamples.Check(StepCatalog.Find(kind)!.Fields));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Spec_Example_CompilesInAPipeline(string kind)
    {
        var spec = StepCatalog.Find(kind)!;
        var example = string.Join('\n', spec.Fields.Example.Split('\n').Select(l => "    " + l));
        var steps = $"- {kind}:\n{example}{(spec.Ends ? string.Empty : "\n- send: crm.deals")}";
        var bench = new PipelineBench()
            .With("contracts/erp-order.yaml", "contract: erp-order\ntype: object\n")
            .WithMapping("erp-order-to-crm-deal", new FakeMapping("$"));

        var pipeline = bench.Compile(PipelineBench.Steps(steps));

        Assert.Equal(kind, pipeline.Steps[0].Kind);
        Assert.Equal("pipelines/p.yaml:4:5", pipeline.Steps[0].At.ToString());
    }
}
