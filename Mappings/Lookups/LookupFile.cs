using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Lookups;

/// <summary>Reads <c>lookups/NAME.yaml</c>.</summary>
public static partial class LookupFile
{
    /// <summary>The keys of a lookup file.</summary>
    public static ObjectSpec Spec { get; } = new(
        "a lookup",
        "A table that translates one code into another.",
        "lookup: country\nentries: { DE: Germany }",
        [
            FieldSpec.Required("lookup", FieldType.Name, "The name mappings use.", "country"),
            FieldSpec.Optional("description", FieldType.Text, "What the table is for.", "Country names by ISO code"),
            FieldSpec.Required("entries", FieldType.MapOf(FieldType.Scalar), "What each key becomes.", "{ DE: Germany }"),
            FieldSpec.Optional("else", FieldType.Scalar, "What every other key becomes; without it another key is an error.", "unknown"),
        ]);

    /// <returns>The table, or null when <paramref name="findings"/> received an error.</returns>
    public static LookupTable? Read(YamlNode root, Findings findings)
    {
        if (SpecReader.Read(root, Spec, findings) is not { } file) return null;
        var entries = file.Map("entries").Select(e => KeyValuePair.Create(e.Key, e.Value.Constant)).ToList();
        return new LookupTable(file.Text("lookup"), entries, file.Find("else")?.Constant);
    }
}
