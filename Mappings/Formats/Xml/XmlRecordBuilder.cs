using System.Text;
using System.Xml;
using Mappings.Documents;

namespace Mappings.Formats.Xml;

/// <summary>
/// Gathers one record's elements and writes them to the tape: attributes and elements as members, equal names as an
/// array where the first of them stands, text beside attributes under its own name.
/// </summary>
internal sealed class XmlRecordBuilder(FormatOptions options)
{
    private const int FewChildren = 12;
    private const int TextStep = 1024;

    /// <summary>Room that one giant record took is given back at the next.</summary>
    private const int KeptItems = 64 * 1024;
    private const int KeptTexts = 1 << 20;
    private readonly byte[] _textName = Encoding.UTF8.GetBytes(options.AttributePrefix + "text");
    private XmlItem[] _items = new XmlItem[64];
    private int _count;

    /// <summary>The texts of all items, one behind the other.</summary>
    private char[] _texts = new char[4 * TextStep];
    private int _textUsed;

    /// <summary>Objects written so far, as a mark for names.</summary>
    private long _objects;

    public bool IsFull => _count >= options.Reader.MaxNodes / 2;

    public void Clear()
    {
        if (_items.Length > KeptItems) _items = new XmlItem[64];
        if (_texts.Length > KeptTexts) _texts = new char[4 * TextStep];
        _count = 0;
        _textUsed = 0;
    }

    public ref XmlItem Item(int index) => ref _items[index];

    public int Add(int parent, XmlName name, int line, int column, bool isAttribute)
    {
        if (_count == _items.Length) Array.Resize(ref _items, _count * 2);
        var index = _count++;
        ref var item = ref _items[index];
        item.Name = name;
        item.TextStart = _textUsed;
        item.TextLength = 0;
        (item.Line, item.Column) = (line, column);
        (item.Parent, item.FirstChild, item.LastChild, item.NextSibling) = (parent, -1, -1, -1);
        item.ChildCount = 0;
        (item.IsAttribute, item.HasElements) = (isAttribute, false);
        if (parent < 0) return index;
        ref var above = ref _items[parent];
        if (above.LastChild < 0) above.FirstChild = index;
        else _items[above.LastChild].NextSibling = index;
        above.LastChild = index;
        above.ChildCount++;
        above.HasElements |= !isAttribute;
        return index;
    }

    /// <summary>Adds the value of the node that the parser stands at. Pieces of one text come without another item's between them.</summary>
    public void AddText(int index, XmlReader at)
    {
        ref var item = ref _items[index];
        if (item.TextLength == 0) item.TextStart = _textUsed;
        while (true)
        {
            if (_texts.Length - _textUsed < TextStep) Array.Resize(ref _texts, _texts.Length * 2);
            var room = _texts.Length - _textUsed;
            var read = at.ReadValueChunk(_texts, _textUsed, room);
            _textUsed += read;
            item.TextLength += read;
            // The parser keeps half a surrogate pair back where the room ends.
            if (read < room - 1) return;
        }
    }

    public ReadOnlySpan<char> TextOf(int index) => _texts.AsSpan(_items[index].TextStart, _items[index].TextLength);

    public void Write(TapeBuilder tape)
    {
        ref var root = ref _items[0];
        tape.At(root.Line, root.Column);
        if (root.ChildCount == 0 && root.HasText) tape.Text(TextOf(0));
        else WriteObject(tape, 0);
    }

    private void WriteObject(TapeBuilder tape, int index)
    {
        tape.StartObject();
        if (!HasRepeats(index)) WriteEach(tape, index);
        else if (_items[index].ChildCount <= FewChildren) WriteFew(tape, index);
        else WriteMany(tape, index);
        if (_items[index].HasText)
        {
            tape.At(_items[index].Line, _items[index].Column);
            tape.Name(_textName);
            tape.Text(TextOf(index));
        }

        tape.End();
    }

    /// <summary>True when two members have one name. Equal names are the same object, so that a mark on it tells.</summary>
    private bool HasRepeats(int index)
    {
        _objects++;
        for (var child = _items[index].FirstChild; child >= 0; child = _items[child].NextSibling)
        {
            var name = _items[child].Name;
            if (name.Owner == _objects) return true;
            name.Owner = _objects;
        }

        return false;
    }

    private void WriteEach(TapeBuilder tape, int index)
    {
        for (var child = _items[index].FirstChild; child >= 0; child = _items[child].NextSibling)
        {
            ref var item = ref _items[child];
            if (item is { ChildCount: 0, IsAttribute: false, HasText: false } && options.EmptyAs == EmptyAs.Missing) continue;
            tape.At(item.Line, item.Column);
            tape.Name(item.Name.Utf8);
            if (item.ChildCount > 0) WriteObject(tape, child);
            else tape.Text(TextOf(child));
        }
    }

    private void WriteFew(TapeBuilder tape, int index)
    {
        Span<int> same = stackalloc int[FewChildren];
        for (var child = _items[index].FirstChild; child >= 0; child = _items[child].NextSibling)
        {
            var name = _items[child].Name;
            var isFirst = true;
            for (var before = _items[index].FirstChild; isFirst && before != child; before = _items[before].NextSibling) isFirst = !ReferenceEquals(_items[before].Name, name);
            if (!isFirst) continue;
            var count = 0;
            for (var other = child; other >= 0; other = _items[other].NextSibling)
            {
                if (ReferenceEquals(_items[other].Name, name)) same[count++] = other;
            }

            WriteMember(tape, same[..count]);
        }
    }

    private void WriteMany(TapeBuilder tape, int index)
    {
        var groups = new OrderedDictionary<XmlName, List<int>>();
        for (var child = _items[index].FirstChild; child >= 0; child = _items[child].NextSibling)
        {
            if (groups.TryGetValue(_items[child].Name, out var group)) group.Add(child);
            else groups.Add(_items[child].Name, [child]);
        }

        foreach (var group in groups.Values) WriteMember(tape, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(group));
    }

    private void WriteMember(TapeBuilder tape, ReadOnlySpan<int> same)
    {
        var first = 0;
        while (first < same.Length && IsMissing(same[first])) first++;
        if (first == same.Length) return;
        tape.At(_items[same[first]].Line, _items[same[first]].Column);
        tape.Name(_items[same[0]].Name.Utf8);
        if (same.Length == 1)
        {
            WriteValue(tape, same[0]);
            return;
        }

        tape.StartArray();
        foreach (var one in same[first..])
        {
            if (!IsMissing(one)) WriteValue(tape, one);
        }

        tape.End();
    }

    private bool IsMissing(int index) =>
        options.EmptyAs == EmptyAs.Missing && _items[index] is { ChildCount: 0, IsAttribute: false, HasText: false };

    private void WriteValue(TapeBuilder tape, int index)
    {
        tape.At(_items[index].Line, _items[index].Column);
        if (_items[index].ChildCount > 0) WriteObject(tape, index);
        else tape.Text(TextOf(index));
    }
}
