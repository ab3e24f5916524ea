using System.Text;
using Mappings.Documents;

namespace Mappings.Formats.Xml;

/// <summary>
/// Gathers one record's elements and writes them to the tape: attributes and elements as members, equal names as an
/// array where the first of them stands, text beside attributes under its own name.
/// </summary>
internal sealed class XmlRecordBuilder(FormatOptions options)
{
    private const int FewChildren = 12;
    private readonly byte[] _textName = Encoding.UTF8.GetBytes(options.AttributePrefix + "text");
    private XmlItem[] _items = new XmlItem[64];
    private int _count;

    /// <summary>Objects written so far, as a mark for names.</summary>
    private long _objects;

    public bool IsFull => _count >= options.Reader.MaxNodes / 2;

    public void Clear()
    {
        Array.Clear(_items, 0, _count);
        if (_items.Length > 64 * 1024) _items = new XmlItem[64];
        _count = 0;
    }

    public ref XmlItem Item(int index) => ref _items[index];

    public int Add(int parent, XmlName name, string text, int line, int column, bool isAttribute)
    {
        if (_count == _items.Length) Array.Resize(ref _items, _count * 2);
        var index = _count++;
        _items[index] = new XmlItem { Name = name, Text = text, Line = line, Column = column, Parent = parent, FirstChild = -1, LastChild = -1, NextSibling = -1, IsAttribute = isAttribute };
        if (parent < 0) return index;
        ref var above = ref _items[parent];
        if (above.LastChild < 0) above.FirstChild = index;
        else _items[above.LastChild].NextSibling = index;
        above.LastChild = index;
        above.ChildCount++;
        above.HasElements |= !isAttribute;
        return index;
    }

    public void AddText(int index, string text)
    {
        ref var item = ref _items[index];
        if (!item.HasText) item.Text = text;
        else (item.Pieces ??= new StringBuilder(item.Text)).Append(text);
    }

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
            else if (item.Pieces is null) tape.Text(item.Text);
            else tape.Text(item.Pieces.ToString());
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

    private string TextOf(int index) => _items[index].Pieces?.ToString() ?? _items[index].Text;
}
