using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats;
using Mappings.Yaml;

namespace Mappings.Lookups;

/// <summary>Reads <c>lookups/NAME.yaml</c> and <c>lookups/NAME.csv</c>.</summary>
public static class LookupFile
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

    /// <summary>Reads a CSV table in UTF-8: a header row, then the key in the first column and what it becomes in the second.</summary>
    /// <returns>The table, or null when <paramref name="findings"/> received an error.</returns>
    public static LookupTable? ReadCsv(string name, string file, ReadOnlyMemory<byte> csv, Findings findings)
    {
        var own = new Findings();
        var entries = new List<KeyValuePair<string, YamlConstant>>();
        var seen = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        using var rows = FormatReader.Open(csv, new FormatOptions { Format = MessageFormat.Csv, EmptyAs = EmptyAs.Text, Reader = ReaderOptions.Default with { File = file } });
        while (rows.Read() is var status and not RecordStatus.End)
        {
            if (status == RecordStatus.Record) Add(rows, entries, seen, own);
            else own.Add(rows.Error!);
            if (status == RecordStatus.Broken) break;
        }

        if (entries.Count == 0 && !own.HasErrors) own.Error("LKP411", SourcePosition.WholeFile(file));
        findings.AddRange(own);
        return own.HasErrors ? null : new LookupTable(name, entries);
    }

    private static void Add(IRecordReader rows, List<KeyValuePair<string, YamlConstant>> entries, Dictionary<string, SourcePosition> seen, Findings findings)
    {
        var tape = rows.Tape;
        if (tape.Count(tape.Root) != 2)
        {
            findings.Error("LKP412", rows.At, string.Empty, ("found", $"{tape.Count(tape.Root)}"));
            return;
        }

        var first = tape.FirstChild(tape.Root);
        var key = Encoding.UTF8.GetString(tape.Utf8(first + Tape.Stride));
        var value = Encoding.UTF8.GetString(tape.Utf8(tape.Next(first) + Tape.Stride));
        if (seen.TryGetValue(key, out var before)) findings.Error("LKP413", rows.At, string.Empty, ("key", key), ("first", before.ToString()));
        else entries.Add(KeyValuePair.Create(key, new YamlConstant(YamlConstantKind.Text, value)));
        seen.TryAdd(key, rows.At);
    }
}
