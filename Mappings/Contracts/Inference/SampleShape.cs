using System.Text;
using Mappings.Contracts.Sources;
using Mappings.Documents;
using Mappings.Mapping.Temporal;
using Mappings.Yaml;

namespace Mappings.Contracts.Inference;

/// <summary>What samples showed of one value. Grows with the shape of the samples, not with their number.</summary>
internal sealed class SampleShape
{
    private const int MaximumMembers = 2_000;
    private const int MaximumDepth = 14;

    /// <summary>More different texts than this are no list of codes.</summary>
    private const int MaximumCodes = 12;
    private const int MaximumCodeLength = 40;

    private readonly OrderedDictionary<string, SampleShape> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private ContractKinds _kinds;
    private SampleShape? _items;
    private long _seen;
    private long _objects;
    private long _textCount;
    private bool _manyTexts;
    private bool _isCut;
    private bool _areDates = true;
    private bool _areMoments = true;

    public void Add(Tape tape, int node, int depth = 0)
    {
        _seen++;
        switch (tape.Kind(node))
        {
            case NodeKind.Null: _kinds |= ContractKinds.Null; break;
            case NodeKind.True or NodeKind.False: _kinds |= ContractKinds.Boolean; break;
            case NodeKind.Number: _kinds |= tape.Utf8(node).IndexOfAny("."u8[0], "e"u8[0], "E"u8[0]) < 0 ? ContractKinds.Integer : ContractKinds.Number; break;
            case NodeKind.Text: Text(tape.Utf8(node)); break;
            case NodeKind.Array:
                _kinds |= ContractKinds.Array;
                if (depth >= MaximumDepth) break;
                _items ??= new SampleShape();
                for (var item = tape.FirstChild(node); item < tape.Next(node); item = tape.Next(item)) _items.Add(tape, item, depth + 1);
                break;
            default:
                _kinds |= ContractKinds.Object;
                _objects++;
                if (depth < MaximumDepth) Members(tape, node, depth);
                break;
        }
    }

    private void Members(Tape tape, int node, int depth)
    {
        for (var name = tape.FirstChild(node); name < tape.Next(node); name = tape.Next(name))
        {
            var key = Encoding.UTF8.GetString(tape.Utf8(name));
            if (!_members.TryGetValue(key, out var member))
            {
                if (_members.Count >= MaximumMembers)
                {
                    _isCut = true;
                    continue;
                }

                _members.Add(key, member = new SampleShape());
            }

            member.Add(tape, name + Tape.Stride, depth + 1);
        }
    }

    private void Text(ReadOnlySpan<byte> utf8)
    {
        _kinds |= ContractKinds.Text;
        _textCount++;
        _areDates = _areDates && IsoTime.CheckDate(utf8) is null;
        _areMoments = _areMoments && IsoTime.CheckMoment(utf8) is null;
        if (_manyTexts) return;
        if (utf8.Length > MaximumCodeLength * 4) _manyTexts = true;
        else
        {
            var text = Encoding.UTF8.GetString(utf8);
            _texts.Add(text);
            _manyTexts = _texts.Count > MaximumCodes || text.Length > MaximumCodeLength;
        }

        if (_manyTexts) _texts.Clear();
    }

    /// <param name="listsCodes">Texts that repeat often become an <c>enum</c>.</param>
    /// <param name="places">How often the value could have stood there; null for the root.</param>
    public ContractDraft ToDraft(bool listsCodes, long? places)
    {
        // A member that was null in every sample says nothing of what else it may be.
        var kinds = _kinds is ContractKinds.None or ContractKinds.Null ? ContractKinds.Any : _kinds;
        if (kinds != ContractKinds.Any && (kinds & ContractKinds.Number) != 0) kinds &= ~ContractKinds.Integer;
        var draft = new ContractDraft { Kinds = kinds, Samples = new ContractSamples(places ?? _seen, (places ?? _seen) - _seen) };
        if (_isCut) draft.Comment = "more members were seen; the first 2,000 are listed";
        foreach (var (name, member) in _members)
        {
            draft.Members.Add(name, member.ToDraft(listsCodes, _objects));
            if (member._seen == _objects) draft.Required.Add(name);
        }

        if (_items is { _seen: > 0 }) draft.Items = _items.ToDraft(listsCodes, null);
        if (_textCount == 0) return draft;
        draft.Format = _areDates ? ContractFormat.Date : _areMoments ? ContractFormat.DateTime : ContractFormat.None;
        if (listsCodes && draft.Format == ContractFormat.None && !_manyTexts && _kinds == ContractKinds.Text && _texts.Count * 2 <= _textCount)
            draft.Enum = [.. _texts.Order(StringComparer.Ordinal).Select(t => new YamlConstant(YamlConstantKind.Text, t))];
        return draft;
    }
}
