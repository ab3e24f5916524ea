using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Encodings;

namespace Mappings.Formats;

/// <summary>What the readers of all formats have in common.</summary>
internal abstract class RecordReader(FormatOptions options, DecodedInput input) : IRecordReader
{
    private ReadOnlyMemory<byte> _original;
    private RecordStatus _last = RecordStatus.Record;

    public Tape Tape => Builder.Build();

    public Finding? Error { get; private set; }

    public long Index { get; private set; } = -1;

    public SourcePosition At { get; private set; } = SourcePosition.WholeFile(options.Reader.File);

    public long Offset { get; private set; } = -1;

    public virtual ReadOnlyMemory<byte> Original => _original;

    public TextEncoding ReadAs => Options.Encoding;

    public Finding? Warning => Input.Replaced.Warning;

    public virtual Tape? FileTape => null;

    protected TapeBuilder Builder { get; } = new();

    protected FormatOptions Options { get; } = options;

    protected ReaderOptions Limit => Options.Reader;

    protected DecodedInput Input { get; } = input;

    public RecordStatus Read()
    {
        if (_last is RecordStatus.End or RecordStatus.Broken) return _last;
        Error = null;
        _original = default;
        return _last = ReadNext();
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Input.Dispose();

    protected abstract RecordStatus ReadNext();

    protected void Begin(SourcePosition at, long offset)
    {
        Index++;
        At = at;
        Offset = offset;
    }

    protected void Keep(ReadOnlyMemory<byte> original) => _original = original;

    protected RecordStatus Bad(Finding error)
    {
        Error = error;
        return RecordStatus.Bad;
    }

    protected RecordStatus Broken(Finding error)
    {
        Error = error;
        return RecordStatus.Broken;
    }

    protected SourcePosition PositionIn(ReadOnlySpan<byte> text, int offset)
    {
        var (line, column) = Offsets.ToLineAndColumn(text, offset, Input.Line, Input.Column);
        return new SourcePosition(Limit.File, line, column);
    }
}
