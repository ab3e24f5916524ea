using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Encodings;

namespace Mappings.Formats.Json;

/// <summary>
/// The elements of one array are the records: the top-level array, or one inside objects. What stands around it is read
/// too, value by value, so that a document broken after its last record is noticed.
/// </summary>
internal sealed class JsonArrayReader : RecordReader
{
    /// <summary>Longest token that could still go on behind the text at hand: a number at its limits.</summary>
    private readonly int _tokenBytes;
    private readonly string[] _path;
    private readonly List<JsonOuterObject> _outer = [];
    private (int Line, int Column) _array;
    private bool _inArray;
    private bool _first;
    private bool _done;

    public JsonArrayReader(FormatOptions options, DecodedInput input)
        : base(options, input)
    {
        var path = options.Record!.EndsWith("[]", StringComparison.Ordinal) ? options.Record[..^2] : options.Record;
        _path = path.Length == 0 ? [] : path.Split('.');
        _tokenBytes = options.Reader.MaxNumberDigits + 32;
    }

    protected override RecordStatus ReadNext()
    {
        if (!_inArray && !_done && FindArray() is { } missing) return Broken(missing);
        var next = Peek();
        if (next == ']')
        {
            Input.Take(1);
            _inArray = false;
            _done = true;
            return Rest() is { } wrong ? Broken(wrong) : RecordStatus.End;
        }

        if (!_first)
        {
            if (next != ',') return Broken(next < 0 ? CutOff() : Expected("\",\" / \"]\""));
            Input.Take(1);
            if (Peek() == ']') return Broken(Finding.Error("FMT202", Input.At, "", ("found", "\"]\"")));
        }

        _first = false;
        return Element();
    }

    private RecordStatus Element()
    {
        if (Peek() < 0) return Broken(CutOff());
        Begin(Input.At, Input.Offset);
        var error = Value(out var length, out var kind);
        if (error is null)
        {
            Keep(Input.Take(length));
            return RecordStatus.Record;
        }

        var canSkip = kind is JsonFaultKind.Duplicate or JsonFaultKind.Digits or JsonFaultKind.Exponent or JsonFaultKind.Surrogate or JsonFaultKind.Depth or JsonFaultKind.Nodes;
        if (!canSkip || SkipLength() is not (> 0 and var skipped)) return Broken(error);
        Keep(Input.Take(skipped));
        return Bad(error);
    }

    private int SkipLength()
    {
        while (true)
        {
            var length = JsonSkip.ValueLength(Input.Window.Span);
            if (length >= 0 || Input.Window.Length > Limit.MaxDocumentBytes || (!Input.Fill() && Input.Exhausted)) return length;
        }
    }

    /// <summary>Steps into the document as far as the array.</summary>
    private Finding? FindArray()
    {
        foreach (var name in _path)
        {
            var next = Peek();
            if (next < 0) return CutOff();
            if (next != '{') return Finding.Error("FMT213", Input.At, "", ("path", Options.Record!), ("found", Found()), ("expected", "{"));
            _outer.Add(new JsonOuterObject(Input.Line, Input.Column));
            Input.Take(1);
            if (Members(name) is { } wrong) return wrong;
        }

        var open = Peek();
        if (open < 0) return CutOff();
        if (open != '[') return Finding.Error("FMT213", Input.At, "", ("path", Options.Record!), ("found", Found()), ("expected", "["));
        _array = (Input.Line, Input.Column);
        Input.Take(1);
        _inArray = true;
        _first = true;
        return null;
    }

    /// <summary>Reads the members of the innermost outer object up to the value of a name, or to its end when the name is null.</summary>
    private Finding? Members(string? wanted)
    {
        var outer = _outer[^1];
        while (true)
        {
            var next = Peek();
            if (next < 0) return CutOff();
            if (next == '}')
            {
                Input.Take(1);
                return wanted is null ? null : Finding.Error("FMT212", new SourcePosition(Limit.File, outer.Line, outer.Column), "", ("path", Options.Record!), ("name", wanted), ("names", string.Join(", ", outer.Names.Keys.Take(12))));
            }

            if (outer.Names.Count > 0)
            {
                if (next != ',') return Expected("\",\" / \"}\"");
                Input.Take(1);
                next = Peek();
            }

            if (next < 0) return CutOff();
            if (next != '"') return Finding.Error("FMT203", Input.At, "", ("found", Found()));
            if (Member(outer, wanted, out var found) is { } wrong) return wrong;
            if (found) return null;
        }
    }

    private Finding? Member(JsonOuterObject outer, string? wanted, out bool found)
    {
        found = false;
        if (Value(out var length, out _) is { } badName) return badName;
        var name = Encoding.UTF8.GetString(Tape.Utf8(Tape.Root));
        var at = Input.At;
        if (outer.Names.Count >= Limit.MaxNodes) return Limits.Nodes(Limit, at);
        if (!outer.Names.TryAdd(name, (at.Line, at.Column))) return Finding.Error("FMT205", at, "", ("name", name), ("first", Snippet.Place(outer.Names[name])));
        Input.Take(length);
        var colon = Peek();
        if (colon != ':') return colon < 0 ? CutOff() : Expected("\":\"");
        Input.Take(1);
        if (Peek() < 0) return CutOff();
        found = name == wanted;
        if (found) return null;
        if (Value(out length, out _) is { } badValue) return badValue;
        Input.Take(length);
        return null;
    }

    private Finding? Rest()
    {
        for (; _outer.Count > 0; _outer.RemoveAt(_outer.Count - 1))
        {
            if (Members(null) is { } wrong) return wrong;
        }

        if (Peek() >= 0) return Finding.Error("FMT206", Input.At, "", ("found", Found()));
        return Input.Fault;
    }

    /// <summary>Reads the value at the window's start onto the tape, reading on as long as it may not be all there.</summary>
    private Finding? Value(out int length, out JsonFaultKind kind)
    {
        while (true)
        {
            var window = Input.Window;
            Builder.Reset(window);
            Builder.Origin(Input.Line, Input.Column);
            var scanner = new JsonScanner(window.Span, Builder, Limit);
            var whole = scanner.ScanOne();
            (length, kind) = (scanner.Position, scanner.Fault.Kind);
            var mayGoOn = whole ? length == window.Length : scanner.Fault.Offset + _tokenBytes >= window.Length || EndsInDigits(scanner.Fault, window.Span);
            if (length > Limit.MaxDocumentBytes || (!whole && mayGoOn && window.Length > Limit.MaxDocumentBytes)) return Limits.DocumentBytes(Limit, Input.At);
            if (mayGoOn && !Input.Exhausted)
            {
                Input.Fill();
                continue;
            }

            if (mayGoOn && Input.Fault is { } badBytes) return badBytes;
            return whole ? null : JsonFaults.Describe(scanner.Fault, window.Span, Tape, Limit);
        }
    }

    /// <summary>How many digits there are is told, so all of them have to be there.</summary>
    private static bool EndsInDigits(JsonFault fault, ReadOnlySpan<byte> window) =>
        fault.Kind == JsonFaultKind.Digits && !window[fault.Offset..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>The next byte that is not white space, which is stepped over; -1 at the end.</summary>
    private int Peek()
    {
        while (true)
        {
            var text = Input.Window.Span;
            var next = text.IndexOfAnyExcept(" \t\r\n"u8);
            if (next >= 0)
            {
                if (next > 0) Input.Take(next);
                return Input.Window.Span[0];
            }

            if (!text.IsEmpty) Input.Take(text.Length);
            if (!Input.Fill()) return -1;
        }
    }

    private Finding Expected(string expected) =>
        Finding.Error("FMT201", Input.At, "", ("expected", expected), ("found", Found()));

    /// <summary>The text at hand, quoted; read on first, so that it does not depend on how the stream comes in.</summary>
    private string Found()
    {
        Input.FillTo(Snippet.MaxBytes);
        return Snippet.Token(Input.Window.Span, 0);
    }

    private Finding CutOff()
    {
        if (Input.Fault is { } badBytes) return badBytes;
        if (!_inArray && _outer.Count == 0) return Finding.Error("FMT211", Input.At);
        var open = _inArray ? _array : (_outer[^1].Line, _outer[^1].Column);
        return Finding.Error("FMT204", Input.At, "", ("open", Snippet.Place(open)));
    }
}
