using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Mapping;

namespace Mappings.Testing;

/// <summary>The record of one test on a tape, and where it comes from. What it hands out is valid until it is disposed.</summary>
internal sealed class TestInput : IDisposable
{
    private readonly MappingSide _source;
    private readonly Findings _findings;
    private readonly TapeBuilder _builder = new();
    private IRecordReader? _reader;

    private TestInput(MappingSide source, Findings findings)
    {
        _source = source;
        _findings = findings;
    }

    /// <summary>What is mapped.</summary>
    public Value Record { get; private set; }

    /// <summary>The whole record; the same as <see cref="Record"/> unless a part of it is mapped.</summary>
    public Value Whole { get; private set; }

    /// <summary>What <c>$file</c> means; missing when the record comes from no file with a layout.</summary>
    public Value FileRecords => _reader?.FileTape is { } tape ? Value.FromTape(tape, tape.Root) : Value.Missing;

    /// <summary>The file of the record's places.</summary>
    public string File { get; private set; } = string.Empty;

    /// <summary>CSV and XML have texts only.</summary>
    private bool IsTextOnly => _source.Format is "csv" or "xml";

    /// <summary>Null when <paramref name="findings"/> received an error.</summary>
    public static TestInput? Open(TestGiven given, MappingSide source, ISampleFiles samples, Findings findings)
    {
        var input = new TestInput(source, findings);
        if (given.File is null ? input.Written(given) : input.FromFile(given, samples)) return input;
        input.Dispose();
        return null;
    }

    public void Dispose() => _reader?.Dispose();

    /// <summary>A value that stands in the test's file.</summary>
    public static Value Of(Yaml.YamlNode node, bool textOnly = false) => Of(node, new TapeBuilder(), textOnly);

    private static Value Of(Yaml.YamlNode node, TapeBuilder builder, bool textOnly)
    {
        builder.Reset(default, positions: true);
        new YamlRecord(builder, textOnly).Write(node);
        return Value.FromTape(builder.Build(), builder.Build().Root);
    }

    private bool Written(TestGiven given)
    {
        File = given.At.File;
        Record = Whole = Of(given.Record!, _builder, IsTextOnly);
        return true;
    }

    private bool FromFile(TestGiven given, ISampleFiles samples)
    {
        File = given.File!;
        if (samples.Read(File, given.At, _findings) is not { } bytes) return false;
        _reader = FormatReader.Open(bytes, RecordFormat.Of(_source, bytes, File));
        if (!TryReach(given)) return false;
        var tape = _reader.Tape;
        if (given.Edits is { } edits)
        {
            new RecordCopy(tape, _builder, IsTextOnly, _findings).Copy(edits);
            if (_findings.HasErrors) return false;
            tape = _builder.Build();
        }

        Record = Whole = Value.FromTape(tape, tape.Root);
        return given.Part is null || TryPart(given.Part, given.At);
    }

    private bool TryReach(TestGiven given)
    {
        for (long number = 1; ; number++)
        {
            var status = _reader!.Read();
            if (status == RecordStatus.End || (status != RecordStatus.Record && (number == given.Number || status == RecordStatus.Broken)))
            {
                if (status == RecordStatus.End) _findings.Error("TST531", given.At, string.Empty, ("file", File), ("count", Text(number - 1)), ("record", Text(given.Number)));
                else _findings.Add(_reader.Error!);
                return false;
            }

            if (number == given.Number) return true;
        }
    }

    private bool TryPart(RecordPath part, SourcePosition at)
    {
        foreach (var step in part.Steps)
        {
            Record = step.Name is { } name ? Record.Member(name) : Element(Record, step.Position);
            if (!Record.IsMissing) continue;
            _findings.Error("TST532", at, string.Empty, ("path", part.ToString()));
            return false;
        }

        return true;
    }

    private static Value Element(in Value list, int position)
    {
        if (!list.IsArray) return Value.Missing;
        foreach (var item in list.Items())
        {
            if (position-- == 0) return item;
        }

        return Value.Missing;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
