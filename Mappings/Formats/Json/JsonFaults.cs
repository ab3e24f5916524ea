using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Documents;

namespace Mappings.Formats.Json;

/// <summary>Puts into words why a text is not JSON: where, what was expected, what was found.</summary>
internal static class JsonFaults
{
    public static Finding Describe(JsonFault fault, ReadOnlySpan<byte> text, Tape tape, ReaderOptions options)
    {
        var (line, column) = Place(text, fault.Offset, tape);
        var at = new SourcePosition(options.File, line, column);
        var atEnd = fault.Offset >= text.Length;
        if (atEnd && fault.Other >= 0 && fault.Kind != JsonFaultKind.Duplicate) return Finding.Error("FMT204", at, "", ("open", Snippet.Place(Place(text, fault.Other, tape))));
        if (atEnd && fault.Kind == JsonFaultKind.Value) return Finding.Error("FMT211", at);
        return fault.Kind switch
        {
            JsonFaultKind.Value => Finding.Error("FMT202", at, "", ("found", Snippet.Token(text, fault.Offset))),
            JsonFaultKind.Name => Finding.Error("FMT203", at, "", ("found", Snippet.Token(text, fault.Offset))),
            JsonFaultKind.Colon => Expected(at, "\":\"", text, fault.Offset),
            JsonFaultKind.CommaOrEnd => Expected(at, fault.InObject ? "\",\" / \"}\"" : "\",\" / \"]\"", text, fault.Offset),
            JsonFaultKind.End => Finding.Error("FMT206", at, "", ("found", Snippet.Token(text, fault.Offset))),
            JsonFaultKind.Literal => Literal(at, text[fault.Offset..]),
            JsonFaultKind.Number => Finding.Error("FMT207", at, "", ("found", Snippet.Token(text, fault.Offset))),
            JsonFaultKind.Escape => Finding.Error("FMT208", at, "", ("found", Escape(text, fault.Offset))),
            JsonFaultKind.Surrogate => Finding.Error("FMT209", at, "", ("found", Escape(text, fault.Offset))),
            JsonFaultKind.Control => Control(at, text[fault.Offset]),
            JsonFaultKind.Duplicate => Duplicate(at, text, fault, tape),
            JsonFaultKind.Depth => Limits.Depth(options, at),
            JsonFaultKind.Digits => Finding.Error("LIM522", at, "", ("limit", Limits.Number(options.MaxNumberDigits)), ("found", Limits.Number(Digits(text[fault.Offset..])))),
            JsonFaultKind.Exponent => Finding.Error("LIM523", at, "", ("limit", Limits.Number(options.MaxExponent)), ("found", Snippet.Token(text, fault.Offset))),
            JsonFaultKind.Nodes => Limits.Nodes(options, at),
            _ => throw new InvalidOperationException($"The scanner stopped with {fault}, which has no text."),
        };
    }

    private static (int Line, int Column) Place(ReadOnlySpan<byte> text, int offset, Tape tape) =>
        Offsets.ToLineAndColumn(text, offset, tape.OriginLine, tape.OriginColumn);

    private static Finding Expected(SourcePosition at, string expected, ReadOnlySpan<byte> text, int offset) =>
        Finding.Error("FMT201", at, "", ("expected", expected), ("found", Snippet.Token(text, offset)));

    private static Finding Literal(SourcePosition at, ReadOnlySpan<byte> text)
    {
        var expected = text[0] switch { (byte)'t' => "true", (byte)'f' => "false", _ => "null" };
        var found = text[..Math.Min(text.Length, expected.Length)];
        var end = found.IndexOfAny((byte)'\n', (byte)'\r', (byte)' ');
        return Finding.Error("FMT201", at, "", ("expected", expected), ("found", Snippet.Quote(end < 0 ? found : found[..end])));
    }

    private static Finding Control(SourcePosition at, byte control)
    {
        var expected = control switch { (byte)'\n' => "\\n", (byte)'\r' => "\\r", (byte)'\t' => "\\t", _ => $"\\u{control:X4}" };
        return Finding.Error("FMT210", at, "", ("found", string.Create(CultureInfo.InvariantCulture, $"U+{control:X4}")), ("expected", expected));
    }

    private static Finding Duplicate(SourcePosition at, ReadOnlySpan<byte> text, JsonFault fault, Tape tape)
    {
        var name = text[(fault.Offset + 1)..];
        var end = 0;
        while (name[end] != '"') end += name[end] == '\\' ? 2 : 1;
        return Finding.Error("FMT205", at, "", ("name", Snippet.Quote(name[..end])[1..^1]), ("first", Snippet.Place(Place(text, fault.Other, tape))));
    }

    private static string Escape(ReadOnlySpan<byte> text, int offset)
    {
        var escape = text[offset..];
        var length = Math.Min(escape.Length, escape.Length > 1 && escape[1] == 'u' ? 6 : 2);
        var end = escape[..length].IndexOf((byte)'"');
        return Snippet.Quote(escape[..(end > 1 ? end : length)]);
    }

    private static int Digits(ReadOnlySpan<byte> number)
    {
        var digits = 0;
        foreach (var one in number)
        {
            if (char.IsAsciiDigit((char)one)) digits++;
            else if (one is not ((byte)'-' or (byte)'.')) break;
        }

        return digits;
    }
}
