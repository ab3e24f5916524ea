using Mappings.Diagnostics;
using Mappings.Formats.Encodings;

namespace Mappings.Formats.Json;

/// <summary>One document on each line; blank lines are passed over, a broken line is bad by itself.</summary>
internal sealed class NdJsonReader(FormatOptions options, DecodedInput input) : RecordReader(options, input)
{
    protected override RecordStatus ReadNext()
    {
        while (true)
        {
            var length = NextLine();
            if (length < 0) return Broken(Input.Fault ?? Limits.DocumentBytes(Limit, Input.At));
            if (length == 0) return Index >= 0 ? RecordStatus.End : Broken(Finding.Error("FMT211", Input.At));
            var line = Input.Window[..length];
            if (line.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            {
                Input.Take(length);
                continue;
            }

            Begin(Input.At, Input.Offset);
            var read = JsonTapeReader.TryRead(line, Builder, Limit, Input.Line, Input.Column, true, out var error);
            Keep(Input.Take(length));
            return read ? RecordStatus.Record : Bad(error!);
        }
    }

    /// <summary>Length of the next line with its end; 0 at the end of the file, -1 when it cannot be had.</summary>
    private int NextLine()
    {
        var searched = 0;
        while (true)
        {
            var text = Input.Window.Span;
            var end = text[searched..].IndexOf((byte)'\n');
            if (end >= 0) return searched + end + 1;
            if (text.Length > Limit.MaxDocumentBytes) return -1;
            searched = text.Length;
            if (!Input.Fill() && Input.Exhausted) return Input.Fault is null ? Input.Window.Length : -1;
        }
    }
}
