using System.Text;
using Mappings.Documents;

namespace Mappings.Formats.Xml;

/// <summary>
/// Gathers one record's elements and writes them to the tape: attributes and elements as members, equal names as an
/// array where the first of them stands, text beside attributes under its own name.
/// </summary>
internal sealed class XmlRecordBuilder(FormatOptions options)
{
    private const int FewMembers = 12;

    /// <summary>Room that one giant record took is given back at the next.</summary>
    private const int KeptItems = 64 * 1024;
    private const int KeptTexts = 1 << 20;
    private readonly byte[] _textName = Encoding.UTF8.GetBytes(options.AttributePrefix + "text");
    private readonly bool _leavesOutEmpty = options.EmptyAs == EmptyAs.Missing;
    private XmlItem[] _items = new XmlItem[64];
    private int _count;

    /// <summary>The texts of all items, one behind the other.</summary>
    private char[] _texts = new char[4096];
    private int _textUsed;

    /// <summary>Objects written so far, as a mark for names.</summary>
    private long _objects;

    public bool IsFull => _count >= options.Reader.MaxNodes / 2;

    public void Clear()
    {
        if (_items.Length > KeptItems) _items = new XmlItem[64];
        if (_texts.Length > KeptTexts) _texts = new char[4096];
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
        (item.TextStart, item.TextLength) = (_textUsed, 0);
        (item.Line, item.Column) = (line, column);
        (item.Parent, item.End) = (parent, _count);
        (item.IsAttribute, item.HasElements) = (isAttribute, false);
        if (!isAttribute && parent >= 0) _items[parent].HasElements = true;
        return index;
    }

    /// <summary>All that stands in an element is added.</summary>
    /// <returns>The element around it; -1 when it is the record.</returns>
    public int Close(int index)
    {
        ref var item = ref _items[index];
        item.End = _count;
        return item.Parent;
    }

    /// <summary>Adds to the text of the item that was added last, or of the element around it.</summary>
    public void AddText(int index, string text)
    {
        ref var item = ref _items[index];
        if (item.TextLength == 0) item.TextStart = _textUsed;
        item.TextLength += text.Length;
        if (_texts.Length - _textUsed < text.Length) Array.Resize(ref _texts, Math.Max(_texts.Length * 2, _textUsed + text.Length));
        text.CopyTo(_texts.AsSpan(_textUsed));
        _textUsed += text.Length;
    }

    public ReadOnlySpan<char> TextOf(int index) => _texts.AsSpan(_items[index].TextStart, _items[index].TextLength);

    public void Write(TapeBuilder tape)
    {
        tape.At(_items[0].Line, _items[0].Column);
        if (!HasMembers(0) && _items[0].HasText) tape.Text(TextOf(0));
        else WriteObject(tape, 0);
    }

    private bool HasMembers(int index) => _items[index].End > index + 1;

    private void WriteObject(TapeBuilder tape, int index)
    {
        tape.StartObject();
        var members = CountMembers(index, out var haveRepeats);
        if (!haveRepeats) WriteEach(tape, index);
        else if (members <= FewMembers) WriteFew(tape, index);
        else WriteMany(tape, index);
        if (_items[index].HasText)
        {
            tape.At(_items[index].Line, _items[index].Column);
            tape.TextMember(_textName, TextOf(index));
        }

        tape.End();
    }

    /// <param name="haveRepeats">True when two members have one name. Equal names are the same object, so that a mark on it tells.</param>
    private int CountMembers(int index, out bool haveRepeats)
    {
        _objects++;
        haveRepeats = false;
        var count = 0;
        var end = _items[index].End;
        for (var member = index + 1; member < end; member = _items[member].End)
        {
            count++;
            var name = _items[member].Name;
            haveRepeats |= name.Owner == _objects;
            name.Owner = _objects;
        }

        return count;
    }

    private void WriteEach(TapeBuilder tape, int index)
    {
        var end = _items[index].End;
        for (var member = index + 1; member < end;)
        {
            ref readonly var item = ref _items[member];
            if (!IsMissing(member))
            {
                tape.At(item.Line, item.Column);
                if (HasMembers(member))
                {
                    tape.Name(item.Name.Utf8);
                    WriteObject(tape, member);
                }
                else tape.TextMember(item.Name.Utf8, TextOf(member));
            }

            member = item.End;
        }
    }

    private void WriteFew(TapeBuilder tape, int index)
    {
        Span<int> same = stackalloc int[FewMembers];
        var end = _items[index].End;
        for (var member = index + 1; member < end; member = _items[member].End)
        {
            var name = _items[member].Name;
            var before = index + 1;
            while (!ReferenceEquals(_items[before].Name, name)) before = _items[before].End;
            if (before != member) continue;
            var count = 0;
            for (var other = member; other < end; other = _items[other].End)
            {
                if (ReferenceEquals(_items[other].Name, name)) same[count++] = other;
            }

            WriteMember(tape, same[..count]);
        }
    }

    private void WriteMany(TapeBuilder tape, int index)
    {
        var groups = new OrderedDictionary<XmlName, List<int>>();
        for (var member = index + 1; member < _items[index].End; member = _items[member].End)
        {
            if (groups.TryGetValue(_items[member].Name, out var group)) group.Add(member);
            else groups.Add(_items[member].Name, [member]);
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

    private bool IsMissing(int index) => _items[index] is { IsAttribute: false, HasText: false } && _leavesOutEmpty && !HasMembers(index);

    private void WriteValue(TapeBuilder tape, int index)
    {
        tape.At(_items[index].Line, _items[index].Column);
        if (HasMembers(index)) WriteObject(tape, index);
        else tape.Text(TextOf(index));
    }
}
