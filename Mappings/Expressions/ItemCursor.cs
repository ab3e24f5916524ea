using System.Diagnostics.CodeAnalysis;
using Mappings.Documents;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions;

/// <summary>Walks the elements of an array, or the one value that is no array, without allocating.</summary>
public struct ItemCursor
{
    private readonly Tape? _tape;
    private readonly Seq? _seq;
    private readonly int _end;
    private Value _current;
    private int _at;

    internal ItemCursor(in Value value)
    {
        _current = default;
        switch (value.Tag)
        {
            case Tag.Missing:
                break;
            case Tag.TapeArray:
                _tape = value.Tape;
                _at = _tape.FirstChild(value.Node);
                _end = _tape.Next(value.Node);
                break;
            case Tag.Seq:
                _seq = value.Seq;
                _end = _seq.Count;
                break;
            default:
                _current = value;
                _end = 1;
                break;
        }
    }

    [UnscopedRef]
    public readonly ref readonly Value Current => ref _current;

    public readonly ItemCursor GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_at >= _end) return false;
        if (_tape is not null)
        {
            _current = Value.FromTape(_tape, _at);
            _at = _tape.Next(_at);
            return true;
        }

        if (_seq is not null) _current = _seq[_at];
        _at++;
        return true;
    }
}
