using Hub.Core.Configuration;
using Mappings.Diagnostics;
using Mappings.Mapping;

namespace Hub.Core.Runtime;

/// <summary>Gives the sides of a mapping the layouts they name.</summary>
internal static class LayoutLink
{
    /// <returns>Null when <paramref name="findings"/> received an error, or the layout's own file has one.</returns>
    public static MappingDefinition? Resolve(MappingDefinition mapping, LoadedConfiguration loaded, Findings findings) =>
        Resolve(mapping.Source, "source", loaded, findings) is { } source && Resolve(mapping.Target, "target", loaded, findings) is { } target
            ? mapping with { Source = source, Target = target }
            : null;

    private static MappingSide? Resolve(MappingSide side, string path, LoadedConfiguration loaded, Findings findings)
    {
        if (side.Layout is not { } name) return side;
        if (!loaded.Layouts.TryGetValue(name, out var layout))
        {
            // A file that is there was reported when it was read.
            if (!loaded.FileRevisions.ContainsKey($"{ConfigurationLayout.Layouts}/{name}.yaml")) KnownNames.Unknown("layout", name, loaded.Layouts.Keys, side.LayoutAt, $"{path}.layout", findings);
            return null;
        }

        var kind = layout.Kind.ToString().ToLowerInvariant();
        if (side.Format is not null && side.Format != kind)
        {
            findings.Error("CFG302", side.LayoutAt, $"{path}.layout", ("layout", name), ("kind", kind), ("format", side.Format));
            return null;
        }

        if (side.Record is { } record && layout.Record(record) is null)
        {
            findings.Error("CFG303", side.LayoutAt, $"{path}.record", ("layout", name), ("found", record), ("known", string.Join(", ", layout.Records.Select(r => r.Name))));
            return null;
        }

        return side with { ResolvedLayout = layout };
    }
}
