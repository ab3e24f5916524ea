using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Layouts;

namespace Mappings.Formats.Fixed;

/// <summary>The once-records that a file had so far, as one object with a member for each.</summary>
internal sealed class OnceRecords
{
    private readonly LayoutDefinition _layout;
    private readonly FormatOptions _options;
    private readonly FixedFields _fields;
    private readonly List<(FixedRecord Record, FixedLine Line, int Number)> _seen = [];
    private readonly TapeBuilder _tape = new();

    public OnceRecords(LayoutDefinition layout, FormatOptions options, FixedFields fields)
    {
        _layout = layout;
        _options = options;
        _fields = fields;
        Write();
    }

    public Tape Tape => _tape.Build();

    /// <summary>A once-record that the file has not had, or null.</summary>
    public string? Missing => _layout.Records.FirstOrDefault(r => r.IsOnce && LineOf(r) is null)?.Name;

    /// <summary>The line where the file had a record, or null.</summary>
    public int? LineOf(RecordLayout record) => _seen.Exists(s => s.Record == record) ? _seen.Find(s => s.Record == record).Number : null;

    /// <param name="replaced">Places of the line that are no text and were read as U+FFFD.</param>
    /// <returns>What is wrong with the line.</returns>
    public Finding? Add(FixedRecord record, ReadOnlySpan<byte> line, int number, out int replaced)
    {
        var kept = new FixedLine(_layout, _options.Encoding, _options.ReplaceBadBytes);
        kept.Set(line.ToArray());
        _seen.Add((record, kept, number));
        var fault = Write();
        replaced = kept.Replaced;
        return fault;
    }

    /// <summary>They are few, so that starting over with each is less than copying tapes.</summary>
    private Finding? Write()
    {
        _tape.Reset(ReadOnlyMemory<byte>.Empty, positions: true);
        _tape.StartObject();
        foreach (var (record, line, number) in _seen)
        {
            _tape.At(number, 1);
            _tape.Name(record.Name);
            if (_fields.Write(record, line, _tape, number, default, isInput: false) is { } fault) return fault;
        }

        _tape.End();
        return null;
    }
}
