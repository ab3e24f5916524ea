using System.Text;
using Mappings.Layouts;

namespace Mappings.Formats.Edi;

/// <summary>
/// Puts the segments of one message in their places of the layout, as a reader of the standard does: a segment belongs to
/// the innermost group that may still have it, from where that group stands on; neighbours of one tag come in any order.
/// </summary>
internal sealed class EdiTree
{
    private EdiItem[] _items = new EdiItem[64];
    private MessageRecord _record = null!;
    private EdiSyntax _syntax = EdiSyntax.Edifact;
    private int _open;

    public int Count { get; private set; }

    public ref EdiItem Item(int index) => ref _items[index];

    public IReadOnlyList<SegmentLayout> Parts(int index) => _items[index].Layout?.Segments ?? _record.Segments;

    public void Begin(MessageRecord record, EdiSyntax syntax)
    {
        if (_items.Length > 64 * 1024) _items = new EdiItem[64];
        Count = 0;
        _record = record;
        _syntax = syntax;
        _open = Add(-1, null, 0, 0);
    }

    /// <returns>Null when the segment has its place; FMT252 or FMT256 with the segment otherwise; FMT253 for one that is left out before it.</returns>
    public LayoutFault? Place(ReadOnlySpan<byte> segment, int start)
    {
        SegmentLayout? second = null;
        for (var level = _open; level >= 0; level = _items[level].Parent)
        {
            var part = Find(level, segment, ref second);
            if (part < 0) continue;
            for (var closed = _open; closed != level; closed = _items[closed].Parent)
            {
                if (Missing(closed) is { } missing) return missing;
            }

            _items[level].Position = part;
            var layout = Parts(level)[part];
            var item = Add(level, layout, start, segment.Length);
            _open = layout.Segments.Count > 0 ? item : level;
            return null;
        }

        var tag = Encoding.UTF8.GetString(EdiText.Tag(segment, _syntax));
        if (second is not null) return new LayoutFault("FMT256", ("segment", second.Text));
        if (_record.SkipsOthers) return null;
        return new LayoutFault("FMT252", ("segment", tag), ("expected", Expected()));
    }

    /// <summary>FMT253 when the message ends too early.</summary>
    public LayoutFault? End()
    {
        for (var level = _open; level >= 0; level = _items[level].Parent)
        {
            if (Missing(level) is { } missing) return missing;
        }

        return null;
    }

    private int Find(int level, ReadOnlySpan<byte> segment, ref SegmentLayout? second)
    {
        var parts = Parts(level);
        var from = _items[level].Position;
        while (from > 0 && parts[from - 1].Tag == parts[from].Tag) from--;
        for (var part = from; part < parts.Count; part++)
        {
            if (!Fits(parts[part], segment)) continue;
            if (parts[part].IsMany || !Has(level, parts[part])) return part;
            second ??= parts[part];
        }

        return -1;
    }

    private bool Fits(SegmentLayout layout, ReadOnlySpan<byte> segment)
    {
        if (!Matches(EdiText.Tag(segment, _syntax), layout.Tag)) return false;
        foreach (var (place, values) in layout.Where)
        {
            var found = EdiText.Component(segment, place, _syntax);
            var fits = false;
            foreach (var value in values) fits |= Matches(found, value);
            if (!fits) return false;
        }

        return true;
    }

    private static bool Matches(ReadOnlySpan<byte> utf8, string text) =>
        utf8.Length == text.Length ? Ascii.Equals(utf8, text) : utf8.Length > text.Length && Encoding.UTF8.GetString(utf8) == text;

    private bool Has(int level, SegmentLayout layout)
    {
        for (var child = _items[level].FirstChild; child >= 0; child = _items[child].NextSibling)
        {
            if (_items[child].Layout == layout) return true;
        }

        return false;
    }

    private LayoutFault? Missing(int level)
    {
        foreach (var part in Parts(level))
        {
            if (part.IsRequired && !Has(level, part)) return new LayoutFault("FMT253", ("segment", part.Text), ("group", _items[level].Layout?.Text ?? _record.Type));
        }

        return null;
    }

    /// <summary>What could stand here, innermost group first.</summary>
    private string Expected()
    {
        var names = new List<string>();
        for (var level = _open; level >= 0; level = _items[level].Parent)
        {
            foreach (var part in Parts(level).Skip(_items[level].Position))
            {
                if (part.IsMany || !Has(level, part)) names.Add(part.Text);
            }
        }

        return names.Count == 0 ? "-" : string.Join(", ", names.Distinct(StringComparer.Ordinal).Take(12));
    }

    private int Add(int parent, SegmentLayout? layout, int start, int length)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        var index = Count++;
        _items[index] = new EdiItem { Layout = layout, Start = start, Length = length, Parent = parent, FirstChild = -1, LastChild = -1, NextSibling = -1 };
        if (parent < 0) return index;
        ref var above = ref _items[parent];
        if (above.LastChild < 0) above.FirstChild = index;
        else _items[above.LastChild].NextSibling = index;
        above.LastChild = index;
        return index;
    }
}
