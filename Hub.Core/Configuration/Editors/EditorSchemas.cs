using Mappings.Contracts;
using Mappings.Layouts;
using Mappings.Lookups;
using Mappings.Mapping;
using Mappings.Testing;
using Mappings.Yaml;

namespace Hub.Core.Configuration.Editors;

/// <summary>
/// JSON Schemas for editors, from the specs that the loader checks by: what a YAML language server completes and marks is
/// what the hub takes and refuses. The hub is stricter; no file that it takes is marked.
/// </summary>
public static class EditorSchemas
{
    /// <param name="specs">The kinds of connectors and steps.</param>
    /// <param name="loaded">A configuration whose names may be referred to; null to allow any name.</param>
    public static IReadOnlyList<EditorSchema> All(ConfigurationSpecs specs, LoadedConfiguration? loaded = null)
    {
        ArgumentNullException.ThrowIfNull(specs);
        var names = Names(loaded);
        EditorSchema Schema(string name, string files, ObjectSpec spec, bool hasReferences = false) =>
            new($"{name}.schema.json", files, new EditorSchemaWriter(names, Inner, hasReferences).Write(spec));
        return
        [
            Schema("hub", "hub.yaml", FileSpecs.Hub, hasReferences: true),
            Schema("environment", "environments/*.yaml", FileSpecs.Environment, hasReferences: true),
            new("system.schema.json", "systems/*.yaml", new EditorSchemaWriter(names, Inner, hasReferences: true).WriteChoice("connector", specs.Connectors.Keys.ToDictionary(k => k, specs.System))),
            Schema("contract", "contracts/*.yaml", ContractFile.Spec),
            Schema("layout", "layouts/*.yaml", LayoutFile.Spec),
            Schema("lookup", "lookups/*.yaml", LookupFile.Spec),
            Schema("mapping", "mappings/!(*.test).yaml", MappingFile.Spec),
            Schema("test", "mappings/*.test.yaml", TestFile.Spec),
            Schema("pipeline", "pipelines/*.yaml", FileSpecs.Pipeline),
        ];

        // What a spec leaves to whoever reads on.
        FieldType? Inner(ObjectSpec spec, FieldSpec field)
        {
            if ((spec == MappingFile.Spec || spec == MappingFile.FieldSpec) && field.Name == "fields") return FieldType.MapOf(MappingFile.FieldForms);
            if ((spec == ContractFile.Spec || spec == ContractFile.ShapeSpec) && field.Name == "properties") return FieldType.MapOf(FieldType.Object(ContractFile.ShapeSpec));
            if ((spec == ContractFile.Spec || spec == ContractFile.ShapeSpec) && field.Name == "items") return FieldType.Object(ContractFile.ShapeSpec);
            if (spec == LayoutFile.Spec && field.Name == "records") return FieldType.MapOf(LayoutFile.RecordForms);
            if (field is { Name: "segments", Type: { Kind: FieldKind.List, Item.Kind: FieldKind.Any } }) return FieldType.List(LayoutFile.SegmentForm);
            if (spec == FileSpecs.Pipeline && field.Name == "steps") return FieldType.List(FieldType.Either([.. specs.Steps.Select(s => FieldType.Object(Step(s.Key, s.Value)))]), 1);
            return null;
        }
    }

    private static ObjectSpec Step(string kind, ObjectSpec fields) =>
        new($"a step {kind}", fields.Description, $"{kind}: {fields.Example}", [FieldSpec.Required(kind, FieldType.Object(fields), fields.Description, fields.Example)]);

    private static Dictionary<ReferenceKind, IReadOnlyList<string>> Names(LoadedConfiguration? loaded)
    {
        if (loaded is null) return [];
        return new Dictionary<ReferenceKind, IReadOnlyList<string>>
        {
            [ReferenceKind.System] = [.. loaded.Systems.Keys],
            [ReferenceKind.Endpoint] = [.. loaded.Systems.Values.SelectMany(s => s.Endpoints.Keys, (s, e) => $"{s.Name}.{e}")],
            [ReferenceKind.Mapping] = [.. loaded.Mappings.Keys],
            [ReferenceKind.Contract] = [.. loaded.Contracts.Keys],
            [ReferenceKind.Lookup] = [.. loaded.Lookups.Keys],
            [ReferenceKind.Layout] = [.. loaded.Layouts.Keys],
            [ReferenceKind.Pipeline] = [.. loaded.Pipelines.Keys],
        };
    }
}
