using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Encodings;

namespace Mappings.Formats.Json;

/// <summary>
/// Reads strict JSON (RFC 8259) from UTF-8 into a tape. A byte order mark at the start is skipped; anything else the
/// grammar does not name is refused: comments, trailing commas, text after the value, lone surrogates. A member name
/// may stand only once in its object, compared after unescaping.
/// </summary>
public static class JsonTapeReader
{
    /// <summary>Reads one whole document. Nothing is thrown for bad input.</summary>
    /// <param name="input">UTF-8; the tape points into it, so it must stay unchanged as long as the tape is used.</param>
    /// <param name="builder">Is reset; on failure it holds nothing of use.</param>
    /// <param name="options">File name and limits.</param>
    /// <param name="error">What is wrong first: FMT20x syntax, FMT205 duplicate name, ENC101/ENC102 bytes, LIM52x limits.</param>
    public static bool TryRead(ReadOnlyMemory<byte> input, TapeBuilder builder, ReaderOptions options, [NotNullWhen(false)] out Finding? error) =>
        TryRead(input, builder, options, 1, 1, false, out error);

    /// <param name="line">Line of the file where the input begins, from 1.</param>
    /// <param name="column">Column of that line where the input begins, from 1.</param>
    /// <param name="isUtf8">True when the bytes are known to be UTF-8.</param>
    internal static bool TryRead(ReadOnlyMemory<byte> input, TapeBuilder builder, ReaderOptions options, int line, int column, bool isUtf8, [NotNullWhen(false)] out Finding? error)
    {
        builder.Reset(input);
        builder.Origin(line, column);
        var text = input.Span;
        if (text.Length > options.MaxDocumentBytes) error = Limits.DocumentBytes(options);
        else if (!isUtf8 && !Utf8.IsValid(text)) error = BadBytes.NotUtf8(text, options.File, line, column);
        else
        {
            var scanner = new JsonScanner(text, builder, options);
            error = scanner.Scan() ? null : JsonFaults.Describe(scanner.Fault, text, builder.Build(), options);
        }

        return error is null;
    }
}
