using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats;

namespace Mappings.Contracts.Sources;

/// <summary>
/// Reads <c>contracts/NAME.csv</c>: the first row has the names of the columns, the second their types, a third, which may be
/// left out, <c>required</c> or <c>optional</c>. Every value of a CSV record is a text; the type says what it is the written form of.
/// </summary>
internal static class CsvContract
{
    private static readonly string[] Types = ["text", "integer", "decimal", "number", "boolean", "date", "datetime", "instant"];
    private static readonly string[] Presence = ["required", "optional"];

    // A local date and time has no format in JSON Schema.
    private const string LocalTime = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]+)?)?$";

    /// <returns>The record, or null when <paramref name="findings"/> received an error.</returns>
    public static ContractDraft? Read(string file, ReadOnlyMemory<byte> csv, Findings findings)
    {
        var own = new Findings();
        var rows = Rows(file, csv, own);
        if (!own.HasErrors && rows.Count is < 1 or > 2) own.Error("MAP248", SourcePosition.WholeFile(file), "", ("found", $"{rows.Count + 1}"));
        var draft = own.HasErrors ? null : Record(file, rows, own);
        findings.AddRange(own);
        return own.HasErrors ? null : draft;
    }

    /// <summary>Only the names, from the first row of any CSV: every column is a text that may be absent.</summary>
    public static ContractDraft? Header(string file, ReadOnlyMemory<byte> csv, Findings findings)
    {
        var end = csv.Span.IndexOf("\n"u8[0]);
        var header = end < 0 ? csv : csv[..end];
        using var reader = FormatReader.Open(header, new FormatOptions { Format = MessageFormat.Csv, Header = false, EmptyAs = EmptyAs.Text, Reader = ReaderOptions.Default with { File = file } });
        var status = reader.Read();
        if (status != RecordStatus.Record)
        {
            findings.Add(reader.Error ?? Finding.Error("MAP248", SourcePosition.WholeFile(file), "", ("found", "0")));
            return null;
        }

        var record = new ContractDraft { Kinds = ContractKinds.Object, At = new SourcePosition(file, 1, 1) };
        var tape = reader.Tape;
        for (var name = tape.FirstChild(tape.Root); name < tape.Next(tape.Root); name = tape.Next(name))
        {
            var column = Encoding.UTF8.GetString(tape.Utf8(name + Tape.Stride)).Trim();
            if (column.Length > 0) record.Members[column] = new ContractDraft { Kinds = ContractKinds.Text };
        }

        return record;
    }

    /// <summary>The rows under the header, each cell with its column's name.</summary>
    private static List<List<(string Name, string Text, SourcePosition At)>> Rows(string file, ReadOnlyMemory<byte> csv, Findings findings)
    {
        var rows = new List<List<(string, string, SourcePosition)>>();
        using var reader = FormatReader.Open(csv, new FormatOptions { Format = MessageFormat.Csv, EmptyAs = EmptyAs.Text, Reader = ReaderOptions.Default with { File = file } });
        while (reader.Read() is var status and not RecordStatus.End)
        {
            if (status != RecordStatus.Record) findings.Add(reader.Error!);
            if (status == RecordStatus.Broken || rows.Count > 2) break;
            if (status != RecordStatus.Record) continue;
            var tape = reader.Tape;
            var cells = new List<(string, string, SourcePosition)>();
            for (var name = tape.FirstChild(tape.Root); name < tape.Next(tape.Root); name = tape.Next(name))
            {
                var (line, column) = tape.PositionOf(name + Tape.Stride);
                cells.Add((Encoding.UTF8.GetString(tape.Utf8(name)), Encoding.UTF8.GetString(tape.Utf8(name + Tape.Stride)).Trim(), new SourcePosition(file, line, column)));
            }

            rows.Add(cells);
        }

        return rows;
    }

    private static ContractDraft Record(string file, List<List<(string Name, string Text, SourcePosition At)>> rows, Findings findings)
    {
        var record = new ContractDraft { Kinds = ContractKinds.Object, At = new SourcePosition(file, 1, 1), AllowsOtherMembers = false };
        for (var i = 0; i < rows[0].Count; i++)
        {
            var (name, type, at) = rows[0][i];
            if (Array.IndexOf(Types, type) < 0) Unknown(type, Types, at, name, findings);
            record.Members.Add(name, Column(type, at));
            if (rows.Count == 1) continue;
            var (_, presence, place) = rows[1][i];
            if (Array.IndexOf(Presence, presence) < 0) Unknown(presence, Presence, place, name, findings);
            if (presence == "required") record.Required.Add(name);
        }

        return record;
    }

    private static ContractDraft Column(string type, SourcePosition at)
    {
        var draft = new ContractDraft { Kinds = ContractKinds.Text, At = at };
        draft.Format = type switch
        {
            "integer" => ContractFormat.Integer,
            "decimal" or "number" => ContractFormat.Decimal,
            "boolean" => ContractFormat.Boolean,
            "date" => ContractFormat.Date,
            "instant" => ContractFormat.DateTime,
            _ => ContractFormat.None,
        };
        if (type != "datetime") return draft;
        draft.Pattern = LocalTime;
        draft.PatternRegex = PatternText.Compile(LocalTime, whole: false, at, string.Empty, []);
        return draft;
    }

    private static void Unknown(string found, string[] known, SourcePosition at, string name, Findings findings)
    {
        var near = NameSuggestion.Closest(found, known);
        findings.Error("MAP247", at, name, ("found", found), ("known", string.Join(", ", known)), ("hint", NameSuggestion.Hint(near)));
    }
}
