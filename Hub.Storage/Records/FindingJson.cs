using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mappings.Diagnostics;

namespace Hub.Storage.Records;

/// <summary>Findings as they are kept: code, place and arguments; their texts come from the catalogue when they are read.</summary>
internal static class FindingJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static byte[] Write(IReadOnlyList<Finding> findings)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(output, Relaxed))
        {
            writer.WriteStartArray();
            foreach (var finding in findings) Write(writer, finding);
            writer.WriteEndArray();
        }

        return output.WrittenSpan.ToArray();
    }

    internal static Finding[] Read(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return [];
        using var document = JsonDocument.Parse(json.ToArray());
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("code"u8, finding.Code);
        if (finding.Severity != Severity.Error) writer.WriteNumber("severity"u8, (int)finding.Severity);
        if (finding.At != SourcePosition.None) Write(writer, "at", finding.At);
        if (finding.Length != 0) writer.WriteNumber("length"u8, finding.Length);
        if (finding.Path.Length > 0) writer.WriteString("path"u8, finding.Path);
        if (finding.Mapping is { } mapping) Write(writer, "mapping", mapping);
        if (finding.Arguments.Count > 0)
        {
            writer.WriteStartObject("arguments"u8);
            foreach (var (name, value) in finding.Arguments) writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, SourcePosition position)
    {
        writer.WriteStartArray(name);
        writer.WriteStringValue(position.File);
        writer.WriteNumberValue(position.Line);
        writer.WriteNumberValue(position.Column);
        writer.WriteEndArray();
    }

    private static Finding Read(JsonElement json)
    {
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json.TryGetProperty("arguments"u8, out var values))
        {
            foreach (var value in values.EnumerateObject()) arguments[value.Name] = value.Value.GetString() ?? string.Empty;
        }

        return new Finding
        {
            Code = json.GetProperty("code"u8).GetString() ?? string.Empty,
            Severity = json.TryGetProperty("severity"u8, out var severity) ? (Severity)severity.GetInt32() : Severity.Error,
            At = json.TryGetProperty("at"u8, out var at) ? Position(at) : SourcePosition.None,
            Length = json.TryGetProperty("length"u8, out var length) ? length.GetInt32() : 0,
            Path = json.TryGetProperty("path"u8, out var path) ? path.GetString() ?? string.Empty : string.Empty,
            Mapping = json.TryGetProperty("mapping"u8, out var mapping) ? Position(mapping) : null,
            Arguments = arguments,
        };
    }

    private static SourcePosition Position(JsonElement json) =>
        new(json[0].GetString() ?? string.Empty, json[1].GetInt32(), json[2].GetInt32());
}
