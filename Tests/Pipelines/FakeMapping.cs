using System.Buffers;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Formats.Json;
using Mappings.Mapping;
using Mappings.Mapping.Files;

namespace Tests.Pipelines;

/// <summary>Writes what an expression makes of the document; <c>"skip"</c> skips it and <c>"fail"</c> fails it.</summary>
internal sealed class FakeMapping : IDocumentMapping
{
    private readonly Expression _expression;
    private readonly string? _written;

    /// <param name="written">Written as it is, whatever the expression gives.</param>
    public FakeMapping(string expression, string? sourceFormat = null, string? written = null)
    {
        var findings = new Findings();
        _expression = Expression.Compile(expression, new ExpressionOptions { Variables = ["message"] }, findings, ExpressionOrigin.None)
            ?? throw new ArgumentException(string.Join('\n', findings), nameof(expression));
        _written = written;
        Source = new MappingSide { Format = sourceFormat };
    }

    public IReadOnlySet<string> SecretNames { get; } = new HashSet<string>();

    public MappingSide Source { get; }

    public bool UsesXrefs => false;

    public bool UsesFile => false;

    public bool ChangesXrefs => false;

    public FileRules FileRules => FileRules.None;

    public FileChecks? FileChecks => null;

    public MapResult Run(in MapInput input, IBufferWriter<byte> output, Findings findings)
    {
        var context = new EvaluationContext(["message"]) { Now = input.Now };
        context[0] = input.Message;
        var value = _expression.Evaluate(context, Value.FromTape(input.Tape, input.Node));
        using var json = new Utf8JsonOutput();
        if (_written is null) value.WriteTo(json);
        else json.Raw(System.Text.Encoding.UTF8.GetBytes(_written));
        output.Write(json.Written);
        var (line, column) = input.Tape.PositionOf(input.Node);
        var at = new SourcePosition(input.Name, line, column);
        switch (value.AsText())
        {
            case "skip":
                return MapResult.Skipped;
            case "warn":
                findings.Warning("DAT311", at, "field");
                return MapResult.Mapped;
            case "fail":
                findings.Error("DAT310", at, "field");
                return MapResult.Failed;
            default:
                return MapResult.Mapped;
        }
    }
}
