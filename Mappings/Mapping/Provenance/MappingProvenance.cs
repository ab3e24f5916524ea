using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Mapping.Checking;

namespace Mappings.Mapping.Provenance;

/// <summary>
/// Where each field of a mapping comes from, computed from its expressions when it was compiled. Nothing a record could do
/// is left out; a condition may keep a source from ever being read.
/// </summary>
public static class MappingProvenance
{
    /// <summary>Every field with a value, in the order of the file.</summary>
    public static IReadOnlyList<FieldProvenance> Of(MappingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var types = plan.Types;
        return [.. types.Fields.Values.Where(f => f.Field.Fields is null).Select(f => Field(f, plan.Definition, types))];
    }

    private static FieldProvenance Field(MappingTypes.FieldType type, MappingDefinition definition, MappingTypes types)
    {
        var field = type.Field;
        var through = new List<ProvenanceLink>();
        var reads = new List<Read>(type.Reads);
        for (var list = type.List; list is not null; list = types.Fields.TryGetValue(list.Path, out var outer) ? outer.List : null)
        {
            through.Add(new ProvenanceLink("each", list.Text!.Text.Trim(), null, list.Text.PositionAt(0)));
            if (types.Fields.TryGetValue(list.Path, out var source)) reads.AddRange(source.Reads.Where(r => r.Kind == ReadKind.Variable));
        }

        Follow(reads, types, through, []);
        var own = SecretCheck.All(type.Reads, types).Where(r => r.Kind == ReadKind.Path).Select(r => r.Name).ToList();
        Rules(field.Rules, field.At, through);
        return new FieldProvenance
        {
            Path = field.Path,
            Rules = [.. Words(field)],
            At = field.At,
            Constant = field.Constant?.Text,
            From = own,
            Through = through,
            UsedBy = [.. Users(field.Path, definition, types)],
        };
    }

    /// <summary>Lets, tables and functions, each once, a let before what it uses.</summary>
    private static void Follow(IEnumerable<Read> reads, MappingTypes types, List<ProvenanceLink> through, HashSet<Read> seen)
    {
        foreach (var read in reads.Where(r => r.Kind != ReadKind.Path))
        {
            if (!seen.Add(read)) continue;
            if (read.Kind == ReadKind.Variable && types.Lets.TryGetValue(read.Name, out var let))
            {
                through.Add(new ProvenanceLink("let", "$" + read.Name, let.Text.Trim(), let.At));
                Follow(let.Reads.Where(r => r != read), types, through, seen);
            }
            else if (read.Kind == ReadKind.Variable) through.Add(new ProvenanceLink("variable", "$" + read.Name, null, SourcePosition.None));
            else through.Add(new ProvenanceLink(read.Kind == ReadKind.Table ? "table" : "function", read.Kind == ReadKind.Table ? read.Name : "$" + read.Name, null, SourcePosition.None));
        }
    }

    private static void Rules(FieldRules rules, SourcePosition at, List<ProvenanceLink> through)
    {
        if (rules.Map is { } map) through.Add(new ProvenanceLink("map", string.Join(", ", map.Select(e => e.Key)), null, rules.Written?.Position("map") ?? at));
        if (rules.Lookup is { } lookup) through.Add(new ProvenanceLink("lookup", lookup, null, rules.LookupAt));
        if (rules.Xref is { } xref) through.Add(new ProvenanceLink("xref", $"{xref.Entity}: {xref.From} → {xref.To}", null, xref.EntityAt));
    }

    private static IEnumerable<ProvenanceLink> Users(string path, MappingDefinition definition, MappingTypes types)
    {
        foreach (var (check, part) in types.Checks)
        {
            if (part.Reads.Any(r => r.Kind == ReadKind.Path && (r.Name == path || path.StartsWith(r.Name + ".", StringComparison.Ordinal) || path.StartsWith(r.Name + "[", StringComparison.Ordinal))))
                yield return new ProvenanceLink("check", check.Name, part.Text.Trim(), check.At);
        }

        if (definition.Target.Key == path) yield return new ProvenanceLink("key", path, null, definition.At);
        if (definition.Identity is { } identity && identity.To.Text.Trim() == path) yield return new ProvenanceLink("identity", identity.Entity, null, identity.At);
    }

    private static IEnumerable<string> Words(FieldDefinition field)
    {
        var rules = field.Rules;
        if (rules.Type != ValueType.Any) yield return ValueTypes.Word(rules.Type);
        if (rules.Scale is { } scale)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"scale {scale}");
            yield return rules.Rounding switch { Rounding.HalfEven => "half-even", Rounding.Down => "down", Rounding.Up => "up", _ => "half-up" };
        }

        if (rules.MaxLength is { } length) yield return string.Create(CultureInfo.InvariantCulture, $"max_length {length}");
        if (rules.Default is { } standard) yield return $"default {standard.Text}";
        if (!rules.IsRequired && rules.Default is null) yield return "required: false";
        if (rules.IsSecret) yield return "secret";
    }
}
