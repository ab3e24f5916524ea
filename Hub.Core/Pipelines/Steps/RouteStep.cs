using Hub.Abstractions.Messages;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Sends the document where the first condition that holds says. A message that no branch takes is dead.</summary>
internal sealed class RouteStep : StepDefinition
{
    private readonly Branch[] _branches;

    private RouteStep(StepSite site, Branch[] branches)
        : base(site, "route")
    {
        _branches = branches;
        Targets = [.. branches.SelectMany(b => b.Targets).Distinct()];
        Details = [.. branches.Select(Describe)];
    }

    public static ObjectSpec BranchSpec { get; } = new(
        "route branch",
        "Where messages go for which the condition is true, or, with otherwise, all that no condition took.",
        """
        when: amount >= 100000
        to: [ crm.deals, oa.approvals ]
        """,
        [
            FieldSpec.Optional("when", FieldType.Expression, "The condition; it must give true or false.", "amount >= 100000"),
            FieldSpec.Optional("to", FieldType.ListOrOne(FieldType.Reference(ReferenceKind.Endpoint), 1), "One endpoint or a list of them.", "[ crm.deals, oa.approvals ]"),
            FieldSpec.Optional("otherwise", FieldType.ListOrOne(FieldType.Reference(ReferenceKind.Endpoint), 1), "Where all others go; the last branch.", "crm.deals"),
        ]);

    public static StepSpec Spec { get; } = new(
        "route",
        ends: true,
        new ObjectSpec(
            "step route",
            "The conditions are tried in their order and the first that is true says where the message goes; without otherwise a message that none takes is dead.",
            """
            - when: amount >= 100000
              to: [ crm.deals, oa.approvals ]
            - otherwise: crm.deals
            """,
            [FieldSpec.Required("branches", FieldType.List(FieldType.Object(BranchSpec), 1), "The branches.", "[ { otherwise: crm.deals } ]")],
            shortField: "branches"),
        static (fields, site, compiler) =>
        {
            var items = fields.Objects("branches");
            var branches = items.Select((item, i) => Compile(item, i == items.Count - 1, compiler)).ToArray();
            return Array.TrueForAll(branches, b => b is not null) ? new RouteStep(site, branches!) : null;
        });

    public override IReadOnlyList<EndpointName> Targets { get; }

    public override IReadOnlyList<string> Details { get; }

    internal override ValueTask<StepResult> RunAsync(PipelineRun run, CancellationToken cancellationToken) => new(Route(run));

    private StepResult Route(PipelineRun run)
    {
        foreach (var branch in _branches)
        {
            var holds = true;
            if (branch.When is { } when && !Conditions.TryDecide(run, this, when, out holds)) return StepResult.Failed;
            if (!holds) continue;
            run.Deliver(branch.Targets);
            return StepResult.Passed;
        }

        run.Fail("DAT360", At, Path, ("conditions", string.Join("; ", _branches.Select(b => $"{b.When!.Text} ({Shown.Inputs(run, b.When)})"))));
        return StepResult.Failed;
    }

    private static Branch? Compile(SpecValue item, bool isLast, StepCompiler compiler)
    {
        var isOtherwise = item.Has("otherwise");
        if (isOtherwise == (item.Has("when") || item.Has("to")) || item.Has("when") != item.Has("to"))
        {
            compiler.Findings.Error("CFG265", item.At, item.Path);
            return null;
        }

        if (isOtherwise && !isLast)
        {
            compiler.Findings.Error("CFG266", item.At, item.Path);
            return null;
        }

        var when = isOtherwise ? null : compiler.Expression(item.Expression("when"));
        var targets = compiler.Targets(item.List(isOtherwise ? "otherwise" : "to"));
        return targets is null || (when is null && !isOtherwise) ? null : new Branch(when, targets);
    }

    private static string Describe(Branch branch) =>
        $"{(branch.When is null ? "otherwise" : $"when {branch.When.Text}")} -> {string.Join(", ", branch.Targets)}";

    /// <param name="When">Null for otherwise.</param>
    private sealed record Branch(StepExpression? When, EndpointName[] Targets);
}
