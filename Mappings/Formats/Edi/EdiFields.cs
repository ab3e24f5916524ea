using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Formats.Json;
using Mappings.Layouts;

namespace Mappings.Formats.Edi;

/// <summary>Writes the tree of one message to a tape whose input is the message's text.</summary>
internal sealed class EdiFields(ReaderOptions limits)
{
    private readonly LayoutText _text = new(limits);
    private byte[] _scratch = new byte[256];
    private EdiTree _tree = null!;
    private EdiSyntax _syntax = EdiSyntax.Edifact;
    private ReadOnlyMemory<byte> _message;
    private TapeBuilder _tape = null!;
    private (LayoutFault Fault, SegmentField Field, int Item, int Offset)? _fault;

    /// <param name="message">The text of the message, also the tape's input.</param>
    /// <param name="position">Line and column of an offset in it.</param>
    /// <returns>The first fault.</returns>
    public Finding? Write(EdiTree tree, EdiSyntax syntax, ReadOnlyMemory<byte> message, TapeBuilder tape, ReadOnlySpan<byte> kind, Func<int, SourcePosition> position)
    {
        (_tree, _syntax, _message, _tape, _fault) = (tree, syntax, message, tape, null);
        _tape.StartObject();
        if (!kind.IsEmpty)
        {
            _tape.Name(Fixed.FixedRecordReader.KindName);
            _tape.Text(kind);
        }

        Members(0);
        _tape.End();
        return _fault is { } fault ? Describe(fault, position) : null;
    }

    private void Members(int item)
    {
        if (_tree.Item(item).Layout is { } own) Fields(item, own);
        foreach (var part in _tree.Parts(item))
        {
            var isOpen = false;
            for (var child = _tree.Item(item).FirstChild; child >= 0 && _fault is null; child = _tree.Item(child).NextSibling)
            {
                if (_tree.Item(child).Layout != part) continue;
                if (part.Name is null)
                {
                    Fields(child, part);
                    continue;
                }

                var start = _tree.Item(child).Start;
                if (!isOpen) _tape.Name(part.Utf8Name, start);
                if (!isOpen && part.IsMany) _tape.StartArray(start);
                isOpen = true;
                _tape.StartObject(start);
                Members(child);
                _tape.End();
            }

            if (isOpen && part.IsMany) _tape.End();
        }
    }

    private void Fields(int item, SegmentLayout layout)
    {
        var segment = _message.Span.Slice(_tree.Item(item).Start, _tree.Item(item).Length);
        foreach (var field in layout.Fields)
        {
            if (_fault is not null) return;
            var element = EdiText.Element(segment, field.Place.Element, _syntax);
            if (field.IsMany) Repetitions(field, item, element);
            else if (_syntax.Repetition != 0 && EdiText.IndexOf(element, _syntax.Repetition, _syntax.Release) >= 0) Fail(new LayoutFault("FMT256", ("segment", $"{layout.Tag} {field.Place}")), field, item, element);
            else Value(field, item, EdiText.Part(element, field.Place.Component - 1, _syntax.Component, _syntax.Release), isMember: true);
        }
    }

    private void Repetitions(SegmentField field, int item, ReadOnlySpan<byte> element)
    {
        if (element.IsEmpty)
        {
            if (field.Value.IsRequired) Fail(new LayoutFault("FMT242"), field, item, element);
            return;
        }

        _tape.Name(field.Utf8Name, Offset(element));
        _tape.StartArray(Offset(element));
        for (var rest = element; _fault is null;)
        {
            var end = _syntax.Repetition == 0 ? -1 : EdiText.IndexOf(rest, _syntax.Repetition, _syntax.Release);
            Value(field, item, EdiText.Part(end < 0 ? rest : rest[..end], field.Place.Component - 1, _syntax.Component, _syntax.Release), isMember: false);
            if (end < 0) break;
            rest = rest[(end + 1)..];
        }

        _tape.End();
    }

    private void Value(SegmentField field, int item, ReadOnlySpan<byte> raw, bool isMember)
    {
        var text = raw;
        if (_syntax.Release != 0 && raw.Contains(_syntax.Release))
        {
            if (_scratch.Length < raw.Length) _scratch = new byte[raw.Length];
            text = EdiText.Unreleased(raw, _syntax.Release, _scratch);
        }

        if (text.IndexOfAnyExcept((byte)' ') < 0 || field.Value.Missing.IndexOf(text) >= 0)
        {
            if (isMember && field.Value.IsRequired) Fail(new LayoutFault("FMT242"), field, item, raw);
            return;
        }

        if (field.Value.IsNumber || field.Value.Reads is not null) text = text.Trim((byte)' ');
        else text = text.TrimEnd((byte)' ');
        if (_text.Read(field.Value, text, _syntax.DecimalMark, out var value) is { } fault)
        {
            Fail(fault, field, item, raw);
            return;
        }

        var offset = Offset(raw);
        if (isMember) _tape.Name(field.Utf8Name, offset);
        if (field.Value.IsNumber) _tape.Number(value, offset);
        else if (value == raw[..Math.Min(raw.Length, value.Length)]) _tape.RawTextInInput(offset, value.Length, value.ContainsAny(Utf8JsonOutput.Escaped));
        else _tape.Text(value, offset);
    }

    /// <summary>Where a piece of the message stands in it; an empty piece has no place of its own.</summary>
    private int Offset(ReadOnlySpan<byte> piece) => _message.Span.Overlaps(piece, out var offset) ? offset : 0;

    private void Fail(LayoutFault fault, SegmentField field, int item, ReadOnlySpan<byte> piece) =>
        _fault ??= (fault, field, item, piece.IsEmpty ? _tree.Item(item).Start : Offset(piece));

    private Finding Describe((LayoutFault Fault, SegmentField Field, int Item, int Offset) fault, Func<int, SourcePosition> position)
    {
        ref var item = ref _tree.Item(fault.Item);
        var place = fault.Field.Place;
        var found = EdiText.Part(EdiText.Element(_message.Span.Slice(item.Start, item.Length), place.Element, _syntax), place.Component - 1, _syntax.Component, _syntax.Release);
        var shown = fault.Field.Value.IsSecret ? DiagnosticTexts.Catalog.Render("word.hidden") : Snippet.Quote(found);
        return Finding.Error(fault.Fault.Code, position(fault.Offset), Path(fault.Item, fault.Field.Name), [("found", shown), ("places", $"{item.Layout!.Tag} {place}"), .. fault.Fault.Arguments]);
    }

    private string Path(int item, string field)
    {
        var names = new List<string> { field };
        for (var at = item; at > 0; at = _tree.Item(at).Parent)
        {
            var layout = _tree.Item(at).Layout!;
            if (layout.Name is null) continue;
            if (!layout.IsMany)
            {
                names.Add(layout.Name);
                continue;
            }

            var index = 0;
            for (var before = _tree.Item(_tree.Item(at).Parent).FirstChild; before != at; before = _tree.Item(before).NextSibling) index += _tree.Item(before).Layout == layout ? 1 : 0;
            names.Add(string.Create(CultureInfo.InvariantCulture, $"{layout.Name}[{index}]"));
        }

        names.Reverse();
        return string.Join('.', names);
    }
}
