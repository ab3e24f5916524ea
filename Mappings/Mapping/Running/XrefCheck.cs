using Mappings.Diagnostics;

namespace Mappings.Mapping.Running;

/// <summary>Holds what a mapping says of the identity map against the configured systems and what other mappings establish.</summary>
internal static class XrefCheck
{
    public static void Run(MappingDefinition definition, MappingCompileContext context, Findings findings)
    {
        foreach (var field in Fields(definition.Fields))
        {
            var xref = field.Rules.Xref!;
            var areKnown = System(xref.From, xref.FromAt, field.Path, context, findings) & System(xref.To, xref.ToAt, field.Path, context, findings);
            if (xref.From == xref.To) findings.Error("MAP281", xref.ToAt, field.Path, ("system", xref.To));
            else if (areKnown && context.Identities is { } identities && !identities.Contains((xref.Entity, xref.From, xref.To)))
            {
                var near = NameSuggestion.Closest(xref.Entity, identities.Where(i => i.From == xref.From && i.To == xref.To).Select(i => i.Entity));
                findings.Warning("MAP283", xref.EntityAt, field.Path, ("entity", xref.Entity), ("from", xref.From), ("to", xref.To), ("hint", NameSuggestion.Hint(near)));
            }
        }
    }

    /// <summary>The fields with an <c>xref</c>, at any depth.</summary>
    public static IEnumerable<FieldDefinition> Fields(IEnumerable<FieldDefinition> fields) =>
        fields.SelectMany(f => Fields(f.Fields ?? []).Concat(f.Rules.Xref is null ? [] : [f]));

    private static bool System(string name, SourcePosition at, string path, MappingCompileContext context, Findings findings)
    {
        if (context.Systems is not { } systems || systems.Contains(name)) return true;
        findings.Error("MAP280", at, path, ("name", name), ("known", string.Join(", ", systems.Order(StringComparer.Ordinal))), ("hint", NameSuggestion.Hint(NameSuggestion.Closest(name, systems))));
        return false;
    }
}
