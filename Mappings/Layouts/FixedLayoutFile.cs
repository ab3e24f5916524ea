using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Layouts;

/// <summary>Reads and checks the records of a fixed layout.</summary>
internal sealed class FixedLayoutFile
{
    /// <summary>The longest line a layout may describe.</summary>
    public const int MaxLine = 1_000_000;

    private readonly SpecValue _file;
    private readonly Findings _findings;
    private readonly LayoutValueReader _values;
    private readonly WidthUnit _unit;
    private readonly int? _length;

    public FixedLayoutFile(SpecValue file, Findings findings)
    {
        _file = file;
        _findings = findings;
        _values = new LayoutValueReader(findings);
        _unit = file.Text("widths") == "chars" ? WidthUnit.Chars : WidthUnit.Bytes;
        _length = file.Object("line").Find("length") is { } length ? (int)length.Integer : null;
    }

    public LayoutDefinition Read()
    {
        var line = _file.Object("line");
        var end = line.Text("end") switch { "crlf" => LineEnd.Crlf, "none" => LineEnd.None, _ => LineEnd.Lf };
        if (end == LineEnd.None && _length is null) _findings.Error("FMT263", line.Position("end"), line.PathOf("end"));
        var records = new List<FixedRecord>();
        foreach (var (name, item) in _file.Map("records"))
        {
            if (!NameRule.IsName(name)) _findings.Error("YML131", item.KeyAt, item.Path, ("found", name), ("example", "detail"));
            else if (SpecReader.Read(item.Node, LayoutSpecs.FixedRecord, _findings, path: item.Path) is { } record) records.Add(Record(name, item.KeyAt, record));
        }

        CheckRecords(records);
        return new LayoutDefinition(_file.Text("layout"), LayoutKind.Fixed, _file.Position("layout"), records) { Widths = _unit, LineLength = _length, LineEnd = end };
    }

    private FixedRecord Record(string name, SourcePosition at, SpecValue record)
    {
        var fields = new List<FixedField>();
        foreach (var (field, item) in record.Map("fields"))
        {
            if (!NameRule.IsName(field)) _findings.Error("YML131", item.KeyAt, item.Path, ("found", field), ("example", "seq"));
            else fields.Add(Field(field, item));
        }

        if (fields.Count == 0) _findings.Error("FMT260", record.Position("fields"), record.PathOf("fields"));
        var sorted = fields.OrderBy(f => f.At).ToList();
        for (var i = 1; i < sorted.Count; i++)
        {
            var (left, right) = (sorted[i - 1], sorted[i]);
            if (right.At < left.End) _findings.Error("FMT264", right.Place, $"{record.PathOf("fields")}.{right.Name}", ("found", Places(right)), ("other", left.Name), ("places", Places(left)));
        }

        var isLast = record.Boolean("last");
        if (isLast && !record.Boolean("once")) _findings.Error("FMT266", record.Find("last")!.KeyAt, record.PathOf("last"));
        return new FixedRecord(name, at, When(record), record.Boolean("once"), isLast, sorted);
    }

    private FixedField Field(string name, SpecItem item)
    {
        var field = item.Object;
        var value = _values.Read(field);
        var pad = field.TextOrNull("pad") ?? (value.IsNumber ? "0" : " ");
        if (pad.Length != 1 || !char.IsAscii(pad[0]) || char.IsControl(pad[0])) _findings.Error("FMT267", field.Position("pad"), field.PathOf("pad"), ("found", pad));
        var built = new FixedField(name, item.KeyAt, value)
        {
            At = (int)field.Integer("at"),
            Length = (int)field.Integer("length"),
            Pad = (byte)pad[0],
            IsRight = field.TextOrNull("align") is { } align ? align == "right" : value.IsNumber,
            IsCut = field.Text("too_long") == "cut",
        };
        if (built.IsCut && value.Type != Mapping.ValueType.Text) _findings.Error("FMT262", field.Find("too_long")!.KeyAt, field.PathOf("too_long"), ("key", "too_long"), ("types", "text"), ("type", field.Text("type")));
        CheckEnd(built.End, field.Position("at"), item.Path, Places(built));
        return built;
    }

    private LineCondition? When(SpecValue record)
    {
        if (record.ObjectOrNull("when") is not { } when) return null;
        var at = (int)when.Integer("at");
        var values = when.Texts("is");
        var length = when.Find("length") is { } given ? (int)given.Integer : values[0].Length;
        foreach (var item in when.List("is"))
        {
            if (item.Text.Length != length || !item.Text.All(c => char.IsAscii(c) && !char.IsControl(c)))
                _findings.Error("FMT268", item.At, item.Path, ("found", item.Text), ("length", Number(length)));
        }

        CheckEnd(at + length, when.Position("at"), when.Path, $"{at}-{at + length - 1}");
        return values.All(v => v.Length == values[0].Length) ? new LineCondition(at, values) : null;
    }

    private void CheckEnd(int end, SourcePosition at, string path, string places)
    {
        if (end - 1 > (_length ?? MaxLine)) _findings.Error("FMT265", at, path, ("found", places), ("length", Number(_length ?? MaxLine)));
    }

    private void CheckRecords(List<FixedRecord> records)
    {
        for (var i = 0; i < records.Count; i++)
        {
            if (records[i].When is null && records.Count > 1 && !HasWhen(records[i])) _findings.Error("FMT269", records[i].At, $"records.{records[i].Name}");
            for (var j = 0; j < i; j++)
            {
                if (records[i].When is { } when && records[j].When is { } other && when.Meets(other))
                    _findings.Error("FMT270", records[i].At, $"records.{records[i].Name}", ("other", records[j].Name));
                if (records[i].IsLast && records[j].IsLast) _findings.Error("FMT271", records[i].At, $"records.{records[i].Name}", ("other", records[j].Name));
            }
        }
    }

    /// <summary>A condition that is there and wrong is told already.</summary>
    private bool HasWhen(FixedRecord record) => _file.Map("records")[record.Name].Node is YamlMapping mapping && mapping["when"] is not null;

    private static string Places(FixedField field) => field.Length == 1 ? Number(field.At) : $"{field.At}-{field.End - 1}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
