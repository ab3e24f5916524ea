using System.Text;
using Mappings.Documents;
using Mappings.Layouts;

namespace Mappings.Formats.Edi;

/// <summary>What is open of an interchange, group and message: what their headers say, and what their trailers have to.</summary>
internal sealed class EdiEnvelope
{
    private readonly TapeBuilder _tape = new();
    private readonly List<(string Name, byte[] Segment, IReadOnlyList<(string Name, ElementPlace Place)> Fields)> _headers = [];

    public EdiEnvelope() => Write();

    /// <summary>The headers as one object.</summary>
    public Tape Tape => _tape.Build();

    public EdiSyntax Syntax { get; set; } = EdiSyntax.Edifact;

    /// <summary>What the headers that are open refer to, and how much they hold so far; outermost first.</summary>
    public List<(string Opening, string Reference, int Count)> Open { get; } = [];

    /// <summary>A value of an open header; empty when there is none.</summary>
    public string Value(string header, string name)
    {
        var index = _headers.FindIndex(h => h.Name == header);
        if (index < 0) return string.Empty;
        var (_, segment, fields) = _headers[index];
        return Encoding.UTF8.GetString(EdiText.Component(segment, fields.First(f => f.Name == name).Place, Syntax));
    }

    /// <summary>Notes a header, instead of the one of its kind before it and all inside that.</summary>
    /// <param name="name">interchange, group or message.</param>
    public void Set(string name, ReadOnlySpan<byte> segment, IReadOnlyList<(string Name, ElementPlace Place)> fields)
    {
        Drop(name);
        _headers.Add((name, segment.ToArray(), fields));
        Write();
    }

    private void Drop(string name)
    {
        var index = _headers.FindIndex(h => h.Name == name);
        if (name == "interchange") _headers.Clear();
        else if (index >= 0) _headers.RemoveRange(index, _headers.Count - index);
        else if (name == "group") _headers.RemoveAll(h => h.Name == "message");
    }

    private void Write()
    {
        _tape.Reset(ReadOnlyMemory<byte>.Empty);
        _tape.StartObject();
        foreach (var (name, segment, fields) in _headers)
        {
            _tape.Name(name);
            _tape.StartObject();
            foreach (var (field, place) in fields)
            {
                var raw = EdiText.Component(segment, place, Syntax);
                var text = Syntax.Release == 0 ? raw : EdiText.Unreleased(raw, Syntax.Release, new byte[raw.Length]);
                text = text.TrimEnd((byte)' ');
                if (text.IsEmpty) continue;
                _tape.Name(field);
                _tape.Text(text);
            }

            _tape.End();
        }

        _tape.End();
    }
}
