using Mappings.Documents;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions;

/// <summary>Walks the members of an object in their order without allocating.</summary>
public struct MemberCursor
{
    private readonly Tape? _tape;
    private readonly Map? _map;
    private readonly int _end;
    private int _at;
    private int _index;

    internal MemberCursor(in Value value)
    {
        _index = -1;
        if (value.Tag == Tag.TapeObject)
        {
            _tape = value.Tape;
            _at = _tape.FirstChild(value.Node);
            _end = _tape.Next(value.Node);
        }
        else if (value.Tag == Tag.Map)
        {
            _map = value.Map;
            _end = _map.Count;
        }
    }

    /// <summary>The member's name as a text value.</summary>
    public readonly Value NameValue => _tape is not null ? new Value(Tag.TapeText, _tape, _index) : new Value(Tag.String, _map!.Name(_index));

    public readonly string Name => _tape is not null ? Texts.Decode(_tape.Utf8(_index)) : _map!.Name(_index);

    public readonly Value Value => _tape is not null ? Value.FromTape(_tape, _index + Tape.Stride) : _map!.Value(_index);

    public readonly MemberCursor Current => this;

    public readonly MemberCursor GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_at >= _end) return false;
        _index = _at;
        _at = _tape is not null ? _tape.Next(_at) : _at + 1;
        return true;
    }
}
