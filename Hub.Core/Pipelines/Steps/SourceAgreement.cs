using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Whether a mapping was written for the endpoint whose records it gets: what its <c>source</c> says must be what the endpoint says.</summary>
internal static class SourceAgreement
{
    /// <param name="mapping">The first of its pipeline.</param>
    /// <param name="name">Where the pipeline names it.</param>
    /// <param name="source">The endpoint.</param>
    /// <param name="format">How the endpoint is read.</param>
    /// <param name="findings">Receives what does not agree.</param>
    public static bool Check(IDocumentMapping mapping, SpecItem name, EndpointName source, FormatOptions format, Findings findings)
    {
        var side = mapping.Source;
        var agrees = true;
        void Compare(string key, string? expected, string? found, bool isSame)
        {
            if (expected is null || isSame) return;
            agrees = false;
            findings.Error("CFG315", name.At, name.Path, ("mapping", name.Text), ("key", key), ("expected", expected), ("endpoint", source.ToString()), ("found", found ?? "-"));
        }

        var word = Word(format.Format);
        if (side.Format is { } expected && expected != word && !(format.Format == MessageFormat.NdJson && expected == Word(MessageFormat.Json)))
        {
            findings.Error("CFG263", name.At, name.Path, ("mapping", name.Text), ("expected", expected), ("endpoint", source.ToString()), ("found", word));
            return false;
        }

        Compare("system", side.System, source.System, side.System == source.System);
        Compare("encoding", side.Encoding, format.Encoding.Name, side.Encoding is { } encoding && TextEncodings.TryGet(encoding, out var known) && known.IsSameAs(format.Encoding));
        Compare("layout", side.Layout, format.Layout?.Name, side.Layout == format.Layout?.Name);
        Compare("record", side.Record, format.Record, side.Record == format.Record);
        Compare("attributes", side.Attributes, format.AttributePrefix, side.Attributes == format.AttributePrefix);
        var namespaces = Shown(format.Namespaces);
        Compare("namespaces", side.Namespaces.Count == 0 ? null : Shown(side.Namespaces), namespaces, Shown(side.Namespaces) == namespaces);
        if (!mapping.UsesFile || format.Layout is not null) return agrees;
        findings.Error("CFG316", name.At, name.Path, ("mapping", name.Text), ("endpoint", source.ToString()), ("format", word));
        return false;
    }

    /// <summary>The word of the configuration.</summary>
    private static string Word(MessageFormat format) => format.ToString().ToLowerInvariant();

    private static string Shown(IEnumerable<KeyValuePair<string, string>> namespaces) =>
        string.Join(", ", namespaces.OrderBy(n => n.Value, StringComparer.Ordinal).Select(n => $"{n.Value}: {n.Key}"));
}
