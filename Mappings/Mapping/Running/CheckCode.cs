using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Mappings.Mapping.Running;

/// <summary>A condition on the finished document. Its findings stand at the record: a place in the document says nothing to its sender.</summary>
internal sealed class CheckCode(CheckDefinition definition, Evaluation condition)
{
    public void Run(MappingRun run, in Value target)
    {
        if (!condition.TryRun(run, target, out var value, out var finding)) Report(run, finding! with { At = run.PositionOf(default) });
        else if (!value.IsBoolean) Report(run, condition.Fault(run, default, "DAT354", ("name", definition.Name), ("found", condition.Found(value))));
        else if (!value.IsTrue) Report(run, condition.Fault(run, default, "DAT353", ("name", definition.Name)));
    }

    private void Report(MappingRun run, Finding finding) => run.Report(finding with { Severity = definition.Otherwise });
}
