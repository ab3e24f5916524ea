using Mappings.Diagnostics;
using Mappings.Mapping.Temporal;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>Reads <c>in</c>, <c>out</c> and <c>zone</c> of a field that tells time.</summary>
internal sealed class TemporalReader(FieldDefaults defaults, Findings findings)
{
    public TemporalRule Read(SpecValue value, ValueType type, string path)
    {
        var kind = type switch
        {
            ValueType.Date => TemporalKind.Date,
            ValueType.Time => TemporalKind.Time,
            ValueType.DateTime => TemporalKind.DateTime,
            _ => TemporalKind.Instant,
        };
        var zone = Zone(value.Find("zone") ?? defaults.Zone, path);
        var reads = new List<TemporalPattern>();
        foreach (var item in value.List("in"))
        {
            if (Pattern(item, path) is not { } pattern) continue;
            reads.Add(pattern);
            var fits = kind == TemporalKind.Time ? pattern.HasHour && !pattern.HasAnyDate : pattern.HasDay && (kind == TemporalKind.Date || pattern.HasHour);
            if (!fits) findings.Error("MAP215", item.At, path, ("pattern", item.Text), ("type", TemporalParts.Word(kind)));
            if (kind == TemporalKind.Instant && !pattern.HasOffset && zone is null) findings.Error("MAP217", item.At, path, ("pattern", item.Text));
        }

        TemporalPattern? writes = null;
        if (value.Find("out") is { } written && Pattern(written, path) is { } form)
        {
            writes = form;
            var fits = kind switch
            {
                TemporalKind.Date => !form.HasAnyTime && !form.HasOffset,
                TemporalKind.Time => !form.HasAnyDate && !form.HasOffset,
                TemporalKind.DateTime => !form.HasOffset,
                _ => true,
            };
            if (!fits) findings.Error("MAP216", written.At, path, ("pattern", written.Text), ("type", TemporalParts.Word(kind)));
        }

        return new TemporalRule(kind, reads, writes, zone);
    }

    private TemporalPattern? Pattern(SpecItem item, string path)
    {
        var pattern = TemporalPattern.Parse(item.Text, out var wrong);
        if (pattern is null) findings.Error("MAP214", item.At, path, ("pattern", item.Text), ("wrong", wrong.Length == 0 ? item.Text : wrong));
        return pattern;
    }

    private TimeZoneInfo? Zone(SpecItem? item, string path)
    {
        if (item is null) return null;

        // Windows names would work on one machine and mean another thing, or nothing, on the next.
        var isWindows = item.Text != "UTC" && TimeZoneInfo.TryConvertWindowsIdToIanaId(item.Text, out var iana) && iana != item.Text;
        if (!isWindows && TimeZoneInfo.TryFindSystemTimeZoneById(item.Text, out var zone)) return zone;
        var near = NameSuggestion.Closest(item.Text, TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id));
        findings.Error(near is null ? "MAP218" : "MAP219", item.At, path, ("zone", item.Text), ("suggestion", near ?? string.Empty));
        return null;
    }
}
