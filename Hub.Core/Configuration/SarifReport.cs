using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mappings.Diagnostics;

namespace Hub.Core.Configuration;

/// <summary>Findings in OASIS SARIF 2.1.0.</summary>
internal static class SarifReport
{
    private static readonly JsonWriterOptions Json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<Finding> findings, CultureInfo? culture)
    {
        var all = findings.ToList();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            Tool(json, all);
            json.WriteString("columnKind", "unicodeCodePoints");
            json.WriteStartArray("results");
            foreach (var finding in all) Result(json, finding, culture);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Tool(Utf8JsonWriter json, IEnumerable<Finding> findings)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "hub validate");
        json.WriteStartArray("rules");
        foreach (var code in findings.Select(f => f.Code).Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id", code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter json, Finding finding, CultureInfo? culture)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Code);
        json.WriteString("level", finding.Severity == Severity.Error ? "error" : "warning");
        json.WriteStartObject("message");
        var path = finding.Path.Length == 0 ? string.Empty : finding.Path + ": ";
        json.WriteString("text", string.Join('\n', new[] { path + finding.Message(culture), finding.Note(culture), finding.Fix(culture) }.Where(t => t is not null)));
        json.WriteEndObject();
        if (!finding.At.IsNone) Location(json, finding);
        json.WriteEndObject();
    }

    private static void Location(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', finding.At.File.Split('/', '\\').Select(Uri.EscapeDataString)));
        json.WriteEndObject();
        if (finding.At.Line > 0)
        {
            json.WriteStartObject("region");
            json.WriteNumber("startLine", finding.At.Line);
            if (finding.At.Column > 0) json.WriteNumber("startColumn", finding.At.Column);
            if (finding.At.Column > 0 && finding.Length > 0) json.WriteNumber("endColumn", finding.At.Column + finding.Length);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
