using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Formats;

namespace Mappings.Xrefs;

/// <summary>Entries of the identity map as CSV in UTF-8: a header row with entity, from, id, to and target in any order, then one entry a row.</summary>
public static class XrefFile
{
    private static readonly string[] Columns = ["entity", "from", "id", "to", "target"];

    /// <returns>The entries, or null when <paramref name="findings"/> received an error: rows that are not CSV, XRF411 to XRF413.</returns>
    public static IReadOnlyList<XrefEntry>? Read(string file, ReadOnlyMemory<byte> csv, Findings findings)
    {
        var own = new Findings();
        var entries = new List<XrefEntry>();
        using var rows = FormatReader.Open(csv, new FormatOptions { Format = MessageFormat.Csv, EmptyAs = EmptyAs.Text, Reader = ReaderOptions.Default with { File = file } });
        while (rows.Read() is var status and not RecordStatus.End)
        {
            if (status == RecordStatus.Record) Add(rows, entries, own);
            else own.Add(rows.Error!);
            if (status == RecordStatus.Broken || own.Count >= 20) break;
        }

        if (entries.Count == 0 && !own.HasErrors) own.Error("XRF413", SourcePosition.WholeFile(file));
        findings.AddRange(own);
        return own.HasErrors ? null : entries;
    }

    private static void Add(IRecordReader rows, List<XrefEntry> entries, Findings findings)
    {
        var row = Value.FromTape(rows.Tape, rows.Tape.Root);
        var values = new string[Columns.Length];
        for (var i = 0; i < Columns.Length; i++)
        {
            var value = row.Member(Columns[i]);
            values[i] = value.AsText() ?? string.Empty;
            if (values[i].Length > 0) continue;
            if (value.IsMissing) findings.Error("XRF411", rows.At, Columns[i], ("column", Columns[i]), ("known", string.Join(", ", Columns)));
            else findings.Error("XRF412", rows.At, Columns[i], ("column", Columns[i]));
            return;
        }

        entries.Add(new XrefEntry(new XrefKey(values[0], values[1], values[2], values[3]), values[4]));
    }
}
