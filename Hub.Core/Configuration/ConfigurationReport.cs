using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mappings.Diagnostics;

namespace Hub.Core.Configuration;

/// <summary>Findings as people and programs read them: the one shape behind <c>hub validate</c>, the reload log and the console.</summary>
public sealed class ConfigurationReport
{
    // For terminals and programs: Chinese stays readable. Whoever puts it into a page must encode it there.
    private static readonly JsonWriterOptions Json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly IReadOnlyList<Finding> _findings;
    private readonly IConfigurationFiles _files;
    private readonly SecretLines.FieldNames _names;
    private readonly string _revision;
    private readonly string _folder;

    /// <param name="more">Findings of those who read on, such as the mapping compiler.</param>
    /// <param name="specs">Tells which fields are secret: their lines are not shown.</param>
    /// <param name="folder">Put before the paths, so that the reader can open them; empty to tell them from the configuration folder.</param>
    public ConfigurationReport(LoadedConfiguration configuration, IConfigurationFiles files, ConfigurationSpecs specs, IEnumerable<Finding>? more = null, string folder = "")
    {
        var all = new Findings();
        all.AddRange(configuration.Findings);
        all.AddRange(more ?? []);
        _findings = all.Sorted();
        _files = files;
        _names = SecretLines.Names(specs);
        _folder = folder;
        _revision = configuration.Revision;
    }

    public int Errors => _findings.Count(f => f.Severity == Severity.Error);

    public int Warnings => _findings.Count - Errors;

    /// <summary>One line for each finding.</summary>
    public IReadOnlyList<string> Lines(CultureInfo? culture = null) => [.. _findings.Select(f => FindingFormatter.Line(Shown(f), culture))];

    /// <summary>Each finding with its source line and what to write; lines that may hold a secret are left out.</summary>
    public string Long(CultureInfo? culture = null) =>
        string.Join("\n\n", _findings.Select(f => FindingFormatter.Long(Shown(f), (_, line) => SourceLine(f.At.File, line), culture)));

    /// <summary>
    /// <c>{ "revision", "errors", "warnings", "findings": [ { "code", "severity", "file", "line", "column", "path", "message", "note", "fix" } ] }</c>;
    /// line and column are 0 when they are not known, note and fix are null when there is nothing to add.
    /// </summary>
    public string ToJson(CultureInfo? culture = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("revision", _revision);
            json.WriteNumber("errors", Errors);
            json.WriteNumber("warnings", Warnings);
            json.WriteStartArray("findings");
            foreach (var finding in _findings.Select(Shown)) Write(json, finding, culture);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>SARIF 2.1.0, as code review tools take it: one rule for each code that was found.</summary>
    public string ToSarif(CultureInfo? culture = null) => SarifReport.Write(_findings.Select(Shown), culture);

    private static void Write(Utf8JsonWriter json, Finding finding, CultureInfo? culture)
    {
        json.WriteStartObject();
        json.WriteString("code", finding.Code);
        json.WriteString("severity", finding.Severity == Severity.Error ? "error" : "warning");
        json.WriteString("file", finding.At.File);
        json.WriteNumber("line", finding.At.Line);
        json.WriteNumber("column", finding.At.Column);
        json.WriteString("path", finding.Path);
        json.WriteString("message", finding.Message(culture));
        json.WriteString("note", finding.Note(culture));
        json.WriteString("fix", finding.Fix(culture));
        json.WriteEndObject();
    }

    private Finding Shown(Finding finding) =>
        finding.At.IsNone ? finding : finding with { At = finding.At with { File = Path.Combine(_folder, finding.At.File) } };

    private string? SourceLine(string file, int line)
    {
        if (!_files.Files.TryGetValue(file, out var source)) return null;
        var lines = Encoding.UTF8.GetString(source.Content.Span).Split('\n');
        return SecretLines.Show(lines, line, _names)?.TrimEnd('\r');
    }
}
