using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;

namespace Mappings.Testing;

/// <summary>Copies a record with a test's changes. Values keep their places in the sample file; what was set stands where it takes its place.</summary>
internal sealed class RecordCopy(Tape source, TapeBuilder builder, bool textOnly, Findings findings)
{
    private readonly YamlRecord _values = new(builder, textOnly);
    private int _counted;
    private (int Line, int Column) _place = (source.OriginLine, source.OriginColumn);

    public void Copy(RecordEdit edits)
    {
        builder.Reset(default, positions: true);
        Value(source.Root, edits, string.Empty);
    }

    private void Value(int node, RecordEdit? edit, string path)
    {
        Place(node);
        if (edit?.Value is { } value) _values.Write(value);
        else if (source.Kind(node) == NodeKind.Object) Object(node, edit, path);
        else if (source.Kind(node) == NodeKind.Array) Array(node, edit, path);
        else
        {
            foreach (var (_, inner) in edit?.Inner ?? NoEdits) findings.Error("TST533", inner.At, string.Empty, ("path", path));
            Leaf(node);
        }
    }

    private void Object(int node, RecordEdit? edit, string path)
    {
        builder.StartObject();
        var left = new List<KeyValuePair<RecordStep, RecordEdit>>(edit?.Inner ?? NoEdits);
        for (var at = source.FirstChild(node); at < source.Next(node); at = source.Next(at))
        {
            var name = left.Count == 0 ? null : Encoding.UTF8.GetString(source.Utf8(at));
            var found = left.FindIndex(inner => inner.Key.Name == name && name is not null);
            var inner = found < 0 ? null : left[found].Value;
            if (found >= 0) left.RemoveAt(found);
            if (inner is { IsRemoved: true }) continue;
            Place(at);
            builder.Name(source.Utf8(at));
            Value(at + Tape.Stride, inner, Join(path, name));
        }

        foreach (var (step, inner) in left) Add(step, inner, path);
        builder.End();
    }

    /// <summary>A member that the record does not have yet.</summary>
    private void Add(RecordStep step, RecordEdit edit, string path)
    {
        if (step.Name is not { } name || !edit.Sets)
        {
            findings.Error("TST532", edit.At, string.Empty, ("path", Join(path, step.Name ?? $"[{step.Position}]")));
            return;
        }

        builder.Name(name);
        if (edit.Value is { } value)
        {
            _values.Write(value);
            return;
        }

        builder.StartObject();
        foreach (var (below, inner) in edit.Inner) Add(below, inner, Join(path, name));
        builder.End();
    }

    private void Array(int node, RecordEdit? edit, string path)
    {
        builder.StartArray();
        var left = new Dictionary<RecordStep, RecordEdit>(edit?.Inner ?? NoEdits);
        var position = 0;
        for (var at = source.FirstChild(node); at < source.Next(node); at = source.Next(at), position++)
        {
            left.Remove(new RecordStep(null, position), out var inner);
            if (inner is not { IsRemoved: true }) Value(at, inner, $"{path}[{position}]");
        }

        // One behind the last is a new element; further on there would be a hole.
        if (left.Remove(new RecordStep(null, position), out var next) && next.Value is { } value) _values.Write(value);
        else if (next is not null) left.Add(new RecordStep(null, position), next);
        foreach (var (step, inner) in left) findings.Error("TST532", inner.At, string.Empty, ("path", step.Name is null ? $"{path}[{step.Position}]" : Join(path, step.Name)));
        builder.End();
    }

    private void Leaf(int node)
    {
        switch (source.Kind(node))
        {
            case NodeKind.Text: builder.Text(source.Utf8(node)); break;
            case NodeKind.Number: builder.Number(source.Utf8(node)); break;
            case NodeKind.True: builder.Boolean(true); break;
            case NodeKind.False: builder.Boolean(false); break;
            default: builder.Null(); break;
        }
    }

    /// <summary>Nodes come in the order of their input, so lines are counted on from the last one: a large record is counted through once.</summary>
    private void Place(int node)
    {
        if (source.Positions is not null) _place = source.PositionOf(node);
        else
        {
            var offset = source.OffsetOf(node);
            if (offset < _counted) return;
            _place = Offsets.ToLineAndColumn(source.InputBytes.Span[_counted..], offset - _counted, _place.Line, _place.Column);
            _counted = offset;
        }

        builder.At(_place.Line, _place.Column);
    }

    private static string Join(string path, string? name) => path.Length == 0 ? name ?? string.Empty : $"{path}.{name}";

    private static readonly IReadOnlyDictionary<RecordStep, RecordEdit> NoEdits = new Dictionary<RecordStep, RecordEdit>();
}
