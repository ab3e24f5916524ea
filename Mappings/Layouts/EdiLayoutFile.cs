using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Layouts;

/// <summary>Reads and checks the messages of an EDIFACT or X12 layout.</summary>
internal sealed class EdiLayoutFile(SpecValue file, LayoutKind kind, Findings findings)
{
    private static readonly string[] EdifactEnvelope = ["UNA", "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ"];
    private static readonly string[] X12Envelope = ["ISA", "GS", "ST", "SE", "GE", "IEA"];

    private readonly LayoutValueReader _values = new(findings);

    public LayoutDefinition Read()
    {
        var records = new List<RecordLayout>();
        foreach (var (name, item) in file.Map("records"))
        {
            if (!NameRule.IsName(name)) findings.Error("YML131", item.KeyAt, item.Path, ("found", name), ("example", "order"));
            else if (SpecReader.Read(item.Node, LayoutSpecs.Message, findings, path: item.Path) is { } record) records.Add(Record(name, item.KeyAt, record, records));
        }

        return new LayoutDefinition(file.Text("layout"), kind, file.Position("layout"), records);
    }

    private MessageRecord Record(string name, SourcePosition at, SpecValue record, List<RecordLayout> others)
    {
        var when = record.Object("when");
        var (type, version) = (when.Text("type"), when.TextOrNull("version"));
        foreach (var other in others.OfType<MessageRecord>().Where(o => o.Type == type && (o.Version is null || version is null || o.Version == version)))
            findings.Error("FMT270", at, $"records.{name}", ("other", other.Name));
        var segments = Segments(record);
        CheckNames(segments, []);
        return new MessageRecord(name, at, segments) { Type = type, Version = version, SkipsOthers = record.Text("others") == "skip" };
    }

    private List<SegmentLayout> Segments(SpecValue owner)
    {
        var segments = new List<SegmentLayout>();
        foreach (var item in owner.List("segments"))
        {
            if (SpecReader.Read(item.Node, LayoutSpecs.Segment, findings, path: item.Path) is { } segment) segments.Add(Segment(segment));
        }

        return segments;
    }

    private SegmentLayout Segment(SpecValue segment)
    {
        var tag = segment.Text("segment");
        if (!IsTag(tag)) findings.Error("FMT272", segment.Position("segment"), segment.PathOf("segment"), ("found", tag));
        var isMany = segment.Boolean("many");
        if (isMany && !segment.Has("as")) findings.Error("FMT273", segment.Find("many")!.KeyAt, segment.PathOf("many"));
        var where = new List<(ElementPlace, IReadOnlyList<string>)>();
        foreach (var (text, item) in segment.Map("where"))
        {
            if (Place(text, item.KeyAt, item.Path) is { } place) where.Add((place, [.. item.List.Select(v => v.Text)]));
        }

        return new SegmentLayout
        {
            Tag = tag,
            At = segment.Position("segment"),
            Where = where,
            Name = segment.TextOrNull("as"),
            IsMany = isMany,
            IsRequired = segment.Boolean("required"),
            Fields = Fields(segment),
            Segments = Segments(segment),
        };
    }

    private List<SegmentField> Fields(SpecValue segment)
    {
        var fields = new List<SegmentField>();
        foreach (var (name, item) in segment.Map("fields"))
        {
            var field = item.Object;
            if (!NameRule.IsName(name)) findings.Error("YML131", item.KeyAt, item.Path, ("found", name), ("example", "order"));
            else if (Place(field.Text("at"), field.Position("at"), field.PathOf("at")) is { } place)
                fields.Add(new SegmentField(name, item.KeyAt, place, field.Boolean("many"), _values.Read(field)));
        }

        return fields;
    }

    private ElementPlace? Place(string text, SourcePosition at, string path)
    {
        if (ElementPlace.TryParse(text, out var place)) return place;
        findings.Error("FMT274", at, path, ("found", text));
        return null;
    }

    /// <summary>Every member of one object has a name of its own, also where segments are told apart by their values.</summary>
    private void CheckNames(IReadOnlyList<SegmentLayout> segments, IEnumerable<(string Name, SegmentLayout? Owner)> around)
    {
        var seen = around.ToList();
        foreach (var segment in segments)
        {
            IEnumerable<(string Name, SourcePosition At)> names = segment.Name is { } name ? [(name, segment.At)] : segment.Fields.Select(f => (f.Name, f.At));
            foreach (var (own, at) in names.ToList())
            {
                if (seen.Exists(s => s.Name == own)) findings.Error("FMT275", at, own, ("name", own));
                seen.Add((own, segment));
            }

            if (segment.Name is not null) CheckNames(segment.Segments, segment.Fields.Select(f => (f.Name, (SegmentLayout?)segment)));
            else if (segment.Segments.Count > 0) findings.Error("FMT276", segment.At, segment.Tag);
        }
    }

    private bool IsTag(string tag) =>
        tag.Length is 2 or 3 && tag.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))
        && Array.IndexOf(kind == LayoutKind.Edifact ? EdifactEnvelope : X12Envelope, tag) < 0;
}
