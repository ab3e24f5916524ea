using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoMapper;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;
using Mappings.Formats.Json;
using Mappings.Mapping;
using Mappings.Mapping.Files;

namespace Hub.Host.TypedMaps;

/// <summary>
/// One map of a profile: the record is read into its source type, mapped, and its target written. Member names are camel case
/// in JSON; numbers keep their digits when the types have decimals. What goes wrong is the record's: it fails with a finding.
/// </summary>
internal sealed class TypedMapping(string profile, Type source, Type target, IMapper mapper) : IDocumentMapping
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // The defaults for the web read numbers from texts; a record that does so is not what its contract says.
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public MappingSide Source => MappingSide.None;

    public IReadOnlySet<string> SecretNames => FrozenSet<string>.Empty;

    public bool UsesXrefs => false;

    public bool UsesFile => false;

    public bool ChangesXrefs => false;

    public FileRules FileRules => FileRules.None;

    public FileChecks? FileChecks => null;

    public MapResult Run(in MapInput input, IBufferWriter<byte> output, Findings findings)
    {
        var (line, column) = input.Tape.PositionOf(input.Node);
        var at = new SourcePosition(input.Name, line, column);
        try
        {
            var record = JsonSerializer.Deserialize(TapeJson.ToArray(input.Tape, input.Node), source, Json);
            var document = record is null ? null : mapper.Map(record, source, target);
            if (document is not null)
            {
                using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = Json.Encoder });
                JsonSerializer.Serialize(writer, document, target, Json);
                return MapResult.Mapped;
            }

            findings.Error("MAP299", at, string.Empty, ("profile", profile), ("reason", "null"));
        }
        catch (JsonException unfit)
        {
            findings.Error("MAP298", at, Path(unfit.Path), ("type", source.Name), ("reason", unfit.InnerException?.Message ?? WithoutPlace(unfit.Message)));
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            // A profile is code of somebody else: whatever it throws fails this record, and nothing more.
            findings.Error("MAP299", at, string.Empty, ("profile", profile), ("reason", (failed.InnerException ?? failed).Message));
        }

        return MapResult.Failed;
    }

    private static string Path(string? path) => path is null or "$" ? string.Empty : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    /// <summary>The serializer's own place is one of the record's bytes alone; the finding has the place in the file.</summary>
    private static string WithoutPlace(string message) => message.IndexOf(" Path: $", StringComparison.Ordinal) is var end and > 0 ? message[..end] : message;
}
