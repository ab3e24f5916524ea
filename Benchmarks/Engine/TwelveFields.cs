using System.Buffers;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Json;

namespace Benchmarks.Engine;

/// <summary>Twelve fields of an order by hand: what the engine costs around a mapping, whatever the mapping costs.</summary>
internal sealed class TwelveFields : IDocumentMapping
{
    private static readonly (byte[] Source, byte[] Target)[] Fields =
    [
        ("no"u8.ToArray(), "\"externalId\":"u8.ToArray()), ("customer"u8.ToArray(), "\"account\":"u8.ToArray()),
        ("status"u8.ToArray(), "\"stage\":"u8.ToArray()), ("currency"u8.ToArray(), "\"currency\":"u8.ToArray()),
        ("amount"u8.ToArray(), "\"value\":"u8.ToArray()), ("ordered"u8.ToArray(), "\"createdOn\":"u8.ToArray()),
        ("required"u8.ToArray(), "\"closeDate\":"u8.ToArray()), ("city"u8.ToArray(), "\"city\":"u8.ToArray()),
        ("country"u8.ToArray(), "\"country\":"u8.ToArray()), ("street"u8.ToArray(), "\"street\":"u8.ToArray()),
        ("clerk"u8.ToArray(), "\"owner\":"u8.ToArray()), ("lines"u8.ToArray(), "\"products\":"u8.ToArray()),
    ];

    [ThreadStatic]
    private static Utf8JsonOutput? t_json;

    public string? SourceFormat => "json";

    public MapResult Run(in MapInput input, IBufferWriter<byte> output, Findings findings)
    {
        var json = t_json ??= new Utf8JsonOutput();
        for (var i = 0; i < Fields.Length; i++)
        {
            var (source, target) = Fields[i];
            output.Write(i == 0 ? "{"u8 : ","u8);
            output.Write(target);
            json.Clear();
            TapeJson.Write(input.Tape, input.Tape.Find(input.Node, source), json);
            output.Write(json.Written);
        }

        output.Write("}"u8);
        return MapResult.Mapped;
    }
}
