using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;

namespace Hub.Host.Commands;

/// <summary>
/// One line of <c>hub eval --lines</c>: <c>{"expr":…,"data":…,"bindings":…}</c> in; <c>{"result":…}</c>, <c>{"undefined":true}</c>,
/// <c>{"function":true}</c> or <c>{"error":…,"position":…,"token":…,"message":…}</c> out. Every line starts with its full limits.
/// A line may lower them with the public suite's <c>timelimit</c> (milliseconds) and <c>depth</c>. In the language of the suite, what a limit
/// ends has the suite's code, U1001.
/// </summary>
internal sealed class EvalLine(ExpressionOptions options) : IDisposable
{
    /// <summary>The language of the public suite: all of it, lenient.</summary>
    public static readonly ExpressionOptions Conformance = new() { Profile = ExpressionProfile.Everything, Strict = false };

    /// <summary>The suite's code for whatever its runner ends from outside.</summary>
    public const string SuiteLimit = "U1001";

    /// <summary>The suite counts evaluations of nodes, about three for each call of a recursive function.</summary>
    public const int EvaluationsPerCall = 3;

    /// <summary>As the suite's own runner: a case may count ten million numbers, or loop for seconds.</summary>
    public static readonly ExpressionLimits Limits = new()
    {
        CallDepth = 1000, Steps = 50_000_000, Time = TimeSpan.FromSeconds(10), TextLength = 64 << 20, TotalText = 256 << 20, SequenceLength = 10_000_001,
    };

    private static readonly ReaderOptions Reader = ReaderOptions.Default with { File = "line" };

    private readonly TapeBuilder _data = new();
    private readonly TapeBuilder _bindings = new();
    private readonly Utf8JsonOutput _output = new();

    public void Dispose() => _output.Dispose();

    public string TooLong(int limit) => Error(Finding.Error("HUB932", SourcePosition.None, string.Empty, ("limit", limit.ToString(CultureInfo.InvariantCulture))), null);

    public string Answer(ReadOnlyMemory<byte> line)
    {
        var text = string.Empty;
        try
        {
            var request = Read(line);
            text = request.Text;
            return Evaluate(request);
        }
        catch (EvaluationException failed)
        {
            var finding = failed.Findings[0];
            return Error(options.Profile == ExpressionProfile.Everything && IsLimit(failed.Code) ? finding with { Code = SuiteLimit } : finding, failed.Start, text, finding.Message());
        }
        catch (MappingException failed)
        {
            return Error(failed.Findings[0], null);
        }
    }

    /// <summary>True for the codes of the guards that the public suite sees from outside, as one.</summary>
    public static bool IsLimit(string code) => code is "D1011" or "D1012" or "LIM501" or "LIM502" or "D2015";

    private string Evaluate(EvalRequest request)
    {
        var names = new List<string>();
        var values = new List<Value>();
        if (!request.Bindings.IsEmpty)
        {
            foreach (var binding in Value(request.Bindings, _bindings).Members())
            {
                names.Add(binding.Name);
                values.Add(binding.Value);
            }
        }

        var findings = new Findings();
        var expression = Expression.Compile(request.Text, options with { Variables = names }, findings, ExpressionOrigin.None);
        if (expression is null)
        {
            var first = findings.First();
            return Error(first, Offset(request.Text, first.At), request.Text);
        }

        var context = new EvaluationContext(names, request.Within(Limits, EvaluationsPerCall));
        for (var i = 0; i < values.Count; i++) context[i] = values[i];
        var value = expression.Evaluate(context, request.Data.IsEmpty ? Mappings.Expressions.Value.Missing : Value(request.Data, _data));
        if (value.IsMissing) return """{"undefined":true}""";
        if (value.IsFunction) return """{"function":true}""";
        _output.Clear();
        _output.StartObject();
        _output.Name("result"u8);
        value.WriteTo(_output);
        _output.EndObject();
        return Encoding.UTF8.GetString(_output.Written);
    }

    private static Value Value(ReadOnlyMemory<byte> json, TapeBuilder builder)
    {
        if (!JsonTapeReader.TryRead(json, builder, Reader, out var error)) throw new MappingException(error);
        var tape = builder.Build();
        return Mappings.Expressions.Value.FromTape(tape, tape.Root);
    }

    private EvalRequest Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            return EvalRequest.Read(line) ?? throw new MappingException(Finding.Error("HUB930", SourcePosition.None));
        }
        catch (JsonException)
        {
            // The hub's own reader says better what is wrong; what only it accepts is no object all the same.
            _ = Value(line, _data);
            throw new MappingException(Finding.Error("HUB930", SourcePosition.None));
        }
    }

    private static string Error(Finding finding, int? position, string text = "", string? message = null)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = CommandOutput.JsonFormat.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("error", finding.Code);
            if (position is { } offset) json.WriteNumber("position", offset);
            if (position is not null && ErrorToken.Of(finding, text, position) is { } token) json.WriteString("token", token);
            json.WriteString("message", message ?? finding.Message());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>The offset in the expression of a place given by line and column.</summary>
    private static int Offset(string text, SourcePosition at)
    {
        var offset = 0;
        for (var line = 1; line < at.Line; line++) offset = text.IndexOf('\n', offset) + 1;
        for (var column = 1; column < at.Column && offset < text.Length; column++) offset += char.IsSurrogatePair(text, offset) ? 2 : 1;
        return offset;
    }
}
