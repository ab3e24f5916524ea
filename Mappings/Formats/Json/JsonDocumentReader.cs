using Mappings.Formats.Encodings;

namespace Mappings.Formats.Json;

/// <summary>The whole document is the one record.</summary>
internal sealed class JsonDocumentReader(FormatOptions options, DecodedInput input) : RecordReader(options, input)
{
    protected override RecordStatus ReadNext()
    {
        if (Index == 0) return RecordStatus.End;
        var (line, column) = (Input.Line, Input.Column);
        if (!Input.TryFillAll(out var error)) return Broken(error);
        Begin(Input.At, Input.Offset);
        var text = Input.Window;
        var read = JsonTapeReader.TryRead(text, Builder, Limit, line, column, true, out error);
        Keep(Input.Take(text.Length));
        return read ? RecordStatus.Record : Broken(error!);
    }
}
