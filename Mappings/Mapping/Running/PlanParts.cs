namespace Mappings.Mapping.Running;

/// <summary>Everything a plan runs, in its order.</summary>
/// <param name="SkipsAfterLets">True when the condition uses a let; else it spares the work of computing them.</param>
internal sealed record PlanParts(VariableSlots Slots, Evaluation? SkipWhen, bool SkipsAfterLets, Evaluation[] Lets, FieldCode[] Fields, CheckCode[] Checks);
