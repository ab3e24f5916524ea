using System.Buffers;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Mapping;
using Mappings.Yaml;

namespace Benchmarks.Mapping;

/// <summary>A mapping file of the hub: JSON bytes to a tape, the plan over it, JSON bytes out, as a thread of the hub does it.</summary>
internal sealed class HubMapping(string yaml) : IDisposable
{
    private readonly TapeBuilder _builder = new();
    private readonly MappingRun _run = new(Compile(yaml));

    public void Map(byte[] document, ArrayBufferWriter<byte> output)
    {
        if (!JsonTapeReader.TryRead(document, _builder, ReaderOptions.Default, out var error)) throw new InvalidOperationException(error.ToString());
        var tape = _builder.Build();
        var result = _run.Plan.Run(_run, Value.FromTape(tape, tape.Root), output);
        if (result.Kind != MappingResultKind.Mapped) throw new InvalidOperationException(string.Join('\n', result.Findings));
    }

    /// <summary>From the text of the file to a plan, all checks included.</summary>
    public static MappingPlan Compile(string yaml)
    {
        var findings = new Findings();
        if (YamlFile.Parse("benchmark.yaml", Encoding.UTF8.GetBytes(yaml), findings) is { } root
            && MappingFile.Read(root, findings) is { } definition
            && MappingPlan.Compile(definition, MappingCompileContext.Empty, findings) is { } plan) return plan;
        throw new InvalidOperationException(string.Join('\n', findings));
    }

    public void Dispose() => _run.Dispose();
}
