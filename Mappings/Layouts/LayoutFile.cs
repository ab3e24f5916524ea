using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Layouts;

/// <summary>Reads <c>layouts/NAME.yaml</c>. All that is wrong is reported together.</summary>
public static class LayoutFile
{
    /// <summary>The keys of a layout file.</summary>
    public static ObjectSpec Spec => LayoutSpecs.File;

    /// <summary>A record, of a fixed layout or of segments.</summary>
    public static FieldType RecordForms { get; } = FieldType.Either(FieldType.Object(LayoutSpecs.FixedRecord), FieldType.Object(LayoutSpecs.Message));

    /// <summary>A segment; it may have segments of its own.</summary>
    public static FieldType SegmentForm { get; } = FieldType.Object(LayoutSpecs.Segment);

    /// <summary>The keys of the parts of a layout file whose kind decides which of them apply.</summary>
    public static IReadOnlyList<ObjectSpec> PartSpecs { get; } =
        [LayoutSpecs.FixedRecord, LayoutSpecs.FixedField, LayoutSpecs.Message, LayoutSpecs.Segment, LayoutSpecs.SegmentField];

    /// <returns>The layout, or null when <paramref name="findings"/> received an error.</returns>
    public static LayoutDefinition? Read(YamlNode root, Findings findings)
    {
        var own = new Findings();
        var layout = ReadFile(root, own);
        findings.AddRange(own);
        return own.HasErrors ? null : layout;
    }

    private static LayoutDefinition? ReadFile(YamlNode root, Findings findings)
    {
        if (SpecReader.Read(root, LayoutSpecs.File, findings) is not { } file) return null;
        var kind = file.Text("kind") switch { "edifact" => LayoutKind.Edifact, "x12" => LayoutKind.X12, _ => LayoutKind.Fixed };
        if (file.Map("records").Count == 0) findings.Error("FMT260", file.Position("records"), "records");
        if (kind == LayoutKind.Fixed) return new FixedLayoutFile(file, findings).Read();
        foreach (var key in (ReadOnlySpan<string>)["widths", "line"])
        {
            if (file.Has(key)) findings.Error("FMT261", file.Find(key)!.KeyAt, key, ("key", key), ("kind", file.Text("kind")));
        }

        return new EdiLayoutFile(file, kind, findings).Read();
    }
}
