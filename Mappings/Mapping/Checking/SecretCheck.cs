using Mappings.Diagnostics;

namespace Mappings.Mapping.Checking;

/// <summary>Finds fields that show what another field hides.</summary>
internal static class SecretCheck
{
    public static void Run(MappingDefinition definition, MappingTypes types, Findings findings)
    {
        // What a secret field is computed from together with other things need not be secret itself.
        var hidden = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in types.Fields.Values.Where(f => f.Field.Rules.IsSecret))
        {
            if (All(field.Reads, types).Where(r => r.Kind == ReadKind.Path).Distinct().ToList() is [var only]) hidden.TryAdd(only.Name, field.Field.Path);
        }

        if (hidden.Count == 0) return;
        foreach (var field in types.Fields.Values.Where(f => !f.Field.Rules.IsSecret && f.Field.Fields is null))
        {
            foreach (var read in All(field.Reads, types).Distinct())
            {
                if (read.Kind == ReadKind.Path && hidden.TryGetValue(read.Name, out var secret))
                    findings.Warning("MAP234", field.Field.At, field.Field.Path, ("found", read.Name), ("field", secret));
            }
        }
    }

    /// <summary>What is read, also through lets.</summary>
    internal static IEnumerable<Read> All(IEnumerable<Read> reads, MappingTypes types) =>
        reads.SelectMany(r => r.Kind == ReadKind.Variable && types.Lets.TryGetValue(r.Name, out var let) ? All(let.Reads.Where(i => i != r), types).Prepend(r) : [r]);
}
