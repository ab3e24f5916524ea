using Mappings.Expressions;
using Mappings.Xrefs;

namespace Mappings.Mapping.Running;

/// <summary>What a mapping has to do with the identity map beside its fields: how a record ends that lacks entries, and which entry arises from it.</summary>
/// <param name="definition">The mapping; null when it establishes no entry.</param>
/// <param name="from">The id in the record.</param>
/// <param name="to">The id in the finished document.</param>
internal sealed class XrefCode(MappingDefinition? definition, Evaluation? from, Evaluation? to)
{
    public bool IsEstablished => definition is not null;

    /// <summary>The document lacks entries; checks on it would say nothing.</summary>
    public bool IsIncomplete(MappingRun run) => run.Xrefs.Unknown.Count > 0 || run.Xrefs.Held.Count > 0;

    /// <summary>What is unknown is fetched before anything is said about the record; what waits does so only when nothing else is wrong.</summary>
    public bool Ends(MappingRun run, out MappingResult ended)
    {
        ended = run.Xrefs.Unknown.Count > 0 ? new MappingResult(MappingResultKind.NeedsXrefs, [])
            : run.Xrefs.Held.Count > 0 && !run.HasErrors ? new MappingResult(MappingResultKind.Held, run.TakeFindings())
            : default;
        return ended.Findings is not null;
    }

    public void Establish(MappingRun run, in Value input, in Value target)
    {
        if (definition is null || !TryText(from!, run, input, out var id) || !TryText(to!, run, target, out var other)) return;
        run.Xrefs.Identity = new XrefEntry(new XrefKey(definition.Identity!.Entity, definition.Source.System!, id, definition.Target.System!), other);
    }

    private static bool TryText(Evaluation path, MappingRun run, in Value input, out string text)
    {
        text = string.Empty;
        if (!path.TryRun(run, input, out var value, out var finding))
        {
            run.Report(finding! with { At = run.PositionOf(default) });
            return false;
        }

        if ((value.IsText || value.IsNumber) && value.AsText() is { Length: > 0 } found)
        {
            text = found;
            return true;
        }

        run.Report(path.Fault(run, default, "XRF404", ("path", path.Expression.Text), ("found", path.Found(value))));
        return false;
    }
}
