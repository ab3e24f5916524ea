using Mappings.Mapping.Files;

namespace Mappings.Mapping.Running;

/// <summary>Everything a plan runs, in its order.</summary>
/// <param name="SkipsAfterLets">True when the condition uses a let; else it spares the work of computing them.</param>
/// <param name="Xrefs">What the mapping has to do with the identity map; null when nothing.</param>
internal sealed record PlanParts(VariableSlots Slots, Evaluation? SkipWhen, bool SkipsAfterLets, Evaluation[] Lets, FieldCode[] Fields, CheckCode[] Checks, XrefCode? Xrefs)
{
    public bool UsesFile { get; init; }

    public FileChecks? FileChecks { get; init; }
}
