using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>Lays the keys of an environment over those of a file. What comes from the overlay keeps its place in the overlay.</summary>
internal static class Overlay
{
    /// <summary>Mappings are merged key by key, at any depth; everything else is replaced.</summary>
    public static YamlMapping Merge(YamlMapping below, YamlMapping above)
    {
        var entries = new List<YamlEntry>();
        foreach (var entry in below.Entries)
        {
            if (above.Entry(entry.Key) is not { } over) entries.Add(entry);
            else if (entry.Value is YamlMapping inner && over.Value is YamlMapping overInner) entries.Add(over with { Value = Merge(inner, overInner) });
            else entries.Add(over);
        }

        entries.AddRange(above.Entries.Where(e => below.Entry(e.Key) is null));
        return new YamlMapping(below.Position, entries);
    }

    /// <summary>
    /// A system that changes its connector leaves behind the fields that the new connector does not have: a sandbox in
    /// place of a real system must not have to name the real one's fields only to remove them.
    /// </summary>
    public static YamlMapping FitTo(YamlMapping system, ObjectSpec spec)
    {
        var entries = new List<YamlEntry>();
        foreach (var entry in system.Entries)
        {
            if (spec.Field(entry.Key) is null) continue;
            if (entry is { Key: "endpoints", Value: YamlMapping endpoints }) entries.Add(entry with { Value = FitEndpoints(endpoints, spec.Field("endpoints")!.Type.Item!.ObjectSpec!) });
            else entries.Add(entry);
        }

        return new YamlMapping(system.Position, entries);
    }

    private static YamlMapping FitEndpoints(YamlMapping endpoints, ObjectSpec spec) =>
        new(endpoints.Position, [.. endpoints.Entries.Select(e => e with
        {
            Value = e.Value is YamlMapping fields ? new YamlMapping(fields.Position, [.. fields.Entries.Where(f => spec.Field(f.Key) is not null)]) : new YamlMapping(e.Value.Position, []),
        })]);
}
