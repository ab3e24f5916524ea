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
            if (All(field.Reads, types).Where(r => r.Kind == ReadKind.Path).ToList() is [var only]) hidden.TryAdd(only.Name, field.Field.Path);
        }

        if (hidden.Count == 0) return;
        foreach (var field in types.Fields.Values.Where(f => !f.Field.Rules.IsSecret && f.Field.Fields is null))
        {
            foreach (var read in All(field.Reads, types))
            {
                if (read.Kind == ReadKind.Path && hidden.TryGetValue(read.Name, out var secret))
                    findings.Warning("MAP234", field.Field.At, field.Field.Path, ("found", read.Name), ("field", secret));
            }
        }
    }

    /// <summary>What is read, also through lets; each once, so that lets that use each other many times cost nothing more.</summary>
    internal static List<Read> All(IEnumerable<Read> reads, MappingTypes types)
    {
        var all = new List<Read>();
        var seen = new HashSet<Read>();
        Add(reads);
        return all;

        void Add(IEnumerable<Read> some)
        {
            foreach (var read in some.Where(seen.Add))
            {
                all.Add(read);
                if (read.Kind == ReadKind.Variable && types.Lets.TryGetValue(read.Name, out var let)) Add(let.Reads);
            }
        }
    }
}
