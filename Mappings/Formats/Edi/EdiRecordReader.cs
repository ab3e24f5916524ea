using System.Globalization;
using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Encodings;
using Mappings.Layouts;

namespace Mappings.Formats.Edi;

/// <summary>
/// Each message (X12: transaction set) becomes an object by its record's layout. What is wrong inside a message, its
/// own count and reference included, makes that message bad; what is wrong around messages breaks the file.
/// </summary>
internal sealed class EdiRecordReader : RecordReader
{
    private readonly LayoutDefinition _layout;
    private readonly EdiTags _tags;
    private readonly EdiEnvelope _envelope = new();
    private readonly EdiTree _tree = new();
    private readonly EdiFields _fields;
    private readonly bool _tellsKind;

    public EdiRecordReader(FormatOptions options, DecodedInput input)
        : base(options, input)
    {
        _layout = options.Layout ?? throw new ArgumentException("An EDI format needs a layout.", nameof(options));
        if (_layout.Kind == LayoutKind.Fixed) throw new ArgumentException("The layout does not describe messages.", nameof(options));
        _tags = EdiTags.Of(_layout.Kind);
        _fields = new EdiFields(options.Reader);
        _tellsKind = options.Record is null && _layout.TellsKinds;
    }

    public override Tape FileTape => _envelope.Tape;

    protected override RecordStatus ReadNext()
    {
        while (true)
        {
            SkipSpace();
            if (Input.Window.IsEmpty) return AtEnd();
            if (_envelope.Open.Count == 0 && Opening() is { } wrong) return Stop(wrong);
            if (Next(0, out var start, out var length) is { } cut) return Stop(cut);
            var segment = Input.Window.Span.Slice(start, length);
            var tag = EdiText.Tag(segment, _envelope.Syntax);
            if (_tags.IsMessage(tag))
            {
                if (Message(start + length + 1) is { } status) return status;
                continue;
            }

            if (Envelope(segment, tag) is { } fault) return Stop(fault);
            Input.Take(start + length + 1);
        }
    }

    private RecordStatus AtEnd()
    {
        if (Input.Fault is { } badBytes) return Broken(badBytes);
        if (_envelope.Open.Count > 0) return Stop(Finding.Error("FMT251", Input.At, "", ("open", _envelope.Open[^1].Opening), ("close", _tags.Closing(_envelope.Open[^1].Opening))));
        return Input.Offset == 0 ? Broken(Finding.Error("FMT211", Input.At)) : RecordStatus.End;
    }

    private RecordStatus Stop(Finding fault)
    {
        Begin(Input.At, Input.Offset);
        return Broken(fault);
    }

    /// <summary>Learns the separators where an interchange begins.</summary>
    private Finding? Opening()
    {
        Input.FillTo(EdiSyntax.IsaLength);
        var text = Input.Window.Span;
        if (_layout.Kind == LayoutKind.X12)
        {
            if (!text.StartsWith("ISA"u8) || text.Length < EdiSyntax.IsaLength) return NotOpening("ISA");
            if (EdiSyntax.FromIsa(text[..EdiSyntax.IsaLength]) is not { } isa) return Finding.Error("FMT258", Input.At, "", ("segment", "ISA"));
            _envelope.Syntax = isa;
            return null;
        }

        _envelope.Syntax = EdiSyntax.Edifact;
        if (text.StartsWith("UNA"u8) && text.Length >= EdiSyntax.UnaLength)
        {
            if (EdiSyntax.FromUna(text[..EdiSyntax.UnaLength]) is not { } una) return Finding.Error("FMT258", Input.At, "", ("segment", "UNA"));
            _envelope.Syntax = una;
            Input.Take(EdiSyntax.UnaLength);
            SkipSpace();
            Input.FillTo(EdiSyntax.UnaLength);
        }

        return Input.Window.Span.StartsWith("UNB"u8) ? null : NotOpening("UNB");
    }

    private Finding NotOpening(string expected) => Finding.Error("FMT250", Input.At, "", ("expected", expected), ("found", Snippet.Token(Input.Window.Span, 0)));

    /// <summary>Headers and trailers around messages.</summary>
    private Finding? Envelope(ReadOnlySpan<byte> segment, ReadOnlySpan<byte> tag)
    {
        var name = Encoding.UTF8.GetString(tag);
        var open = _envelope.Open;
        if (_tags.Header(name, open.Count) is { } header)
        {
            _envelope.Set(header.Name, segment, header.Fields);
            if (open.Count > 0) open[^1] = open[^1] with { Count = open[^1].Count + 1 };
            open.Add((name, _envelope.Value(header.Name, "reference"), 0));
            return null;
        }

        if (open.Count == 0 || _tags.Closing(open[^1].Opening) != name)
            return Finding.Error("FMT250", Input.At, "", ("expected", open.Count == 0 ? _tags.Expected : $"{_tags.Expected}, {_tags.Closing(open[^1].Opening)}"), ("found", Snippet.Quote(tag)));
        var wrong = Closes(segment, name, open[^1], Input.At);
        open.RemoveAt(open.Count - 1);
        return wrong;
    }

    /// <summary>A message, whose header begins the window.</summary>
    /// <param name="at">Offset behind the header.</param>
    /// <returns>Null when the message is not asked for.</returns>
    private RecordStatus? Message(int at)
    {
        var header = Input.Window.Span[..(at - 1)];
        var open = _envelope.Open;
        if (open.Count == 0 || !_tags.MayHoldMessages(open[^1].Opening)) return Stop(Finding.Error("FMT250", Input.At, "", ("expected", _tags.Expected), ("found", Snippet.Quote(EdiText.Tag(header, _envelope.Syntax)))));
        open[^1] = open[^1] with { Count = open[^1].Count + 1 };
        _envelope.Set("message", header, _tags.MessageFields);
        var record = Recognise();
        Begin(Input.At, Input.Offset);
        _tree.Begin(record ?? EdiTags.Nothing, _envelope.Syntax);
        Finding? fault = record is null ? Finding.Error("FMT257", Input.At, "", ("found", MessageType()), ("known", string.Join(", ", _layout.Records.Cast<MessageRecord>().Select(r => r.Version is null ? r.Type : $"{r.Type} {r.Version}")))) : null;
        for (var count = 2; ; count++)
        {
            if (Next(at, out var start, out var length) is { } cut) return Broken(cut);
            at = start + length + 1;
            var segment = Input.Window.Span.Slice(start, length);
            var tag = EdiText.Tag(segment, _envelope.Syntax);
            if (tag.SequenceEqual(_tags.MessageEnd))
            {
                fault ??= _tree.End() is { } missing ? Misplaced(missing, start) : null;
                fault ??= Closes(segment, _tags.MessageEndName, (_tags.MessageName, _envelope.Value("message", "reference"), count), Place(start));
                break;
            }

            // The end of the message was lost: going on would read the next one as a part of it.
            if (_tags.IsEnvelope(tag)) return Broken(Finding.Error("FMT251", Place(start), "", ("open", _tags.MessageName), ("close", _tags.MessageEndName)));
            if (fault is null && _tree.Place(segment, start) is { } misplaced) fault = Misplaced(misplaced, start);
            if (at > Limit.MaxDocumentBytes) return Broken(Limits.DocumentBytes(Limit, Input.At));
            if (_tree.Count > Limit.MaxNodes / 4) return Broken(Limits.Nodes(Limit, Place(start)));
        }

        return Finish(record, at, fault);
    }

    private RecordStatus? Finish(MessageRecord? record, int length, Finding? fault)
    {
        var isWanted = record is null || Options.Record is null || Options.Record == record.Name;
        if (fault is null && isWanted)
        {
            var message = Input.Window[..length];
            Builder.Reset(message);
            Builder.Origin(Input.Line, Input.Column);
            fault = _fields.Write(_tree, _envelope.Syntax, message, Builder, _tellsKind ? Encoding.UTF8.GetBytes(record!.Name) : default, Place);
        }

        Keep(Input.Take(length));
        if (fault is not null) return Bad(fault);
        return isWanted ? RecordStatus.Record : null;
    }

    private MessageRecord? Recognise()
    {
        var type = _envelope.Value("message", "type");
        foreach (var record in _layout.Records.Cast<MessageRecord>())
        {
            if (record.Type == type && (record.Version is null || Version() == record.Version)) return record;
        }

        return null;
    }

    private string Version() => _layout.Kind == LayoutKind.X12
        ? _envelope.Value("group", "version")
        : $"{_envelope.Value("message", "version")}.{_envelope.Value("message", "release")}";

    private string MessageType() => $"{_envelope.Value("message", "type")} {Version()}";

    /// <summary>Checks what a trailer says of what it closes: the count first, then the reference.</summary>
    private Finding? Closes(ReadOnlySpan<byte> trailer, string name, (string Opening, string Reference, int Count) open, SourcePosition at)
    {
        var count = Encoding.UTF8.GetString(EdiText.Element(trailer, 1, _envelope.Syntax));
        if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var said) || said != open.Count)
            return Finding.Error("FMT254", at, "", ("segment", name), ("expected", count), ("found", open.Count.ToString(CultureInfo.InvariantCulture)));
        var reference = Encoding.UTF8.GetString(EdiText.Element(trailer, 2, _envelope.Syntax));
        if (reference.Trim() == open.Reference.Trim()) return null;
        return Finding.Error("FMT255", at, "", ("segment", name), ("found", reference), ("opening", open.Opening), ("expected", open.Reference));
    }

    private Finding Misplaced(LayoutFault fault, int offset) => Finding.Error(fault.Code, Place(offset), "", fault.Arguments);

    private SourcePosition Place(int offset) => PositionIn(Input.Window.Span, offset);

    /// <summary>Finds the next segment, from an offset in the window, without the white space in front of it.</summary>
    private Finding? Next(int from, out int start, out int length)
    {
        (start, length) = (from, 0);
        while (true)
        {
            var text = Input.Window.Span;
            while (start < text.Length && text[start] is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t') start++;
            length = EdiText.IndexOf(text[Math.Min(start, text.Length)..], _envelope.Syntax.Terminator, _envelope.Syntax.Release);
            if (length >= 0 && length <= Limit.MaxFieldBytes) return null;
            if (text.Length - start > Limit.MaxFieldBytes) return Finding.Error("LIM527", Place(start), "", ("limit", Limits.Number(Limit.MaxFieldBytes)));
            if (text.Length > Limit.MaxDocumentBytes) return Limits.DocumentBytes(Limit, Input.At);
            if (Input.Fill()) continue;
            if (Input.Fault is { } badBytes) return badBytes;
            var rest = text[start..];
            return rest.IsEmpty && from > 0
                ? Finding.Error("FMT251", Place(start), "", ("open", _tags.MessageName), ("close", _tags.MessageEndName))
                : Finding.Error("FMT251", Place(start), "", ("open", Snippet.Quote(rest)), ("close", ((char)_envelope.Syntax.Terminator).ToString()));
        }
    }

    private void SkipSpace()
    {
        while (true)
        {
            var text = Input.Window.Span;
            var end = text.IndexOfAnyExcept(" \t\r\n"u8);
            if (end != 0 && text.Length > 0) Input.Take(end < 0 ? text.Length : end);
            if (end >= 0 || !Input.Fill()) return;
        }
    }
}
