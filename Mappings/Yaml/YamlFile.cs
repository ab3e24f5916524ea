using System.Text;
using Mappings.Diagnostics;
using YamlDotNet.Core;

namespace Mappings.Yaml;

/// <summary>
/// Reads the one kind of YAML that configuration and mapping files use: one document of mappings, lists and texts.
/// Anchors, aliases, tags, merge keys and duplicate keys are refused, each with its place.
/// </summary>
public static class YamlFile
{
    private const int MaximumRepairs = 20;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file from its bytes, which must be UTF-8 (a byte order mark is allowed).</summary>
    /// <returns>The root, or null when there is a finding of weight error or the file holds nothing.</returns>
    public static YamlNode? Parse(string file, ReadOnlySpan<byte> bytes, Findings findings)
    {
        var text = Decode(file, bytes, findings);
        return text is null ? null : Parse(file, text, findings);
    }

    /// <param name="file">Path for the findings, relative to the configuration folder.</param>
    /// <returns>The root, or null when there is a finding of weight error or the file holds nothing.</returns>
    public static YamlNode? Parse(string file, string text, Findings findings)
    {
        if (Encoding.UTF8.GetByteCount(text) > YamlLimits.Bytes)
        {
            findings.Error("YML120", SourcePosition.WholeFile(file), "", ("limit", "1 MB"));
            return null;
        }

        if (text.StartsWith('\uFEFF')) text = text[1..];
        if (HasControlCharacter(file, text, findings)) return null;
        var broken = false;
        for (var repairs = 0; ; repairs++)
        {
            var source = new LineTable(text);
            var found = new Findings();
            var builder = new YamlBuilder(file, source, found);
            try
            {
                var root = builder.Build();
                if (root is null && !found.HasErrors && !broken) found.Error("YML102", SourcePosition.WholeFile(file));
                findings.AddRange(found);
                return broken || found.HasErrors ? null : root;
            }
            catch (YamlException error)
            {
                broken = true;
                var repaired = YamlSyntax.Explain(file, source, error, findings);
                if (repaired is null || repairs == MaximumRepairs)
                {
                    findings.AddRange(found);
                    return null;
                }

                text = repaired;
            }
        }
    }

    /// <summary>YAML knows no control characters, and a NUL would silently end the file for the parser.</summary>
    private static bool HasControlCharacter(string file, string text, Findings findings)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsControl(text[i]) || text[i] is '\n' or '\r' or '\t' or '\u0085') continue;
            findings.Error("YML152", new LineTable(text).PositionOf(file, i), "", ("character", $"U+{(int)text[i]:X4}"));
            return true;
        }

        return false;
    }

    /// <summary>The text of UTF-8 bytes; null with a finding when they are too many or not UTF-8.</summary>
    public static string? Decode(string file, ReadOnlySpan<byte> bytes, Findings findings)
    {
        if (bytes.Length > YamlLimits.Bytes)
        {
            findings.Error("YML120", SourcePosition.WholeFile(file), "", ("limit", "1 MB"));
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            var line = 1 + bytes[..Math.Clamp(error.Index, 0, bytes.Length)].Count((byte)'\n');
            findings.Error("YML106", new SourcePosition(file, line, 0), "", ("bytes", Convert.ToHexString(error.BytesUnknown ?? [])));
            return null;
        }
    }
}
