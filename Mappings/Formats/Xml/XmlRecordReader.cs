using System.Buffers;
using System.Text;
using System.Xml;
using Mappings.Diagnostics;
using Mappings.Formats.Encodings;

namespace Mappings.Formats.Xml;

/// <summary>
/// Elements on the record path become records one by one; without a path the root element is the record. Document types
/// are refused, nothing outside the text is ever opened. Text between the elements of one element is refused, since
/// neither its order nor its meaning would survive.
/// </summary>
internal sealed class XmlRecordReader : RecordReader
{
    private readonly string[] _path;
    private readonly DecodedTextReader _text;
    private readonly XmlReader _xml;
    private readonly IXmlLineInfo _place;
    private readonly XmlNames _names;
    private readonly XmlRecordBuilder _record;
    private Finding? _mixed;
    private ((int Line, int Column) From, (int Line, int Column) To)? _original;

    /// <summary>The innermost open element of the record that is being read, or -1.</summary>
    private int _current = -1;

    /// <summary>The elements around records that are open.</summary>
    private readonly List<(string Name, int Line, int Column)> _open = [];

    /// <summary>How many of the open elements lie on the record path.</summary>
    private int _matched;

    public XmlRecordReader(FormatOptions options, DecodedInput input)
        : base(options, input)
    {
        _path = options.Record?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        _text = new DecodedTextReader(input, options.Reader);
        _xml = XmlReader.Create(_text, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            NameTable = new BoundedNameTable(options.Reader.File),
        });
        _place = (IXmlLineInfo)_xml;
        _names = new XmlNames(options);
        _record = new XmlRecordBuilder(options);
    }

    /// <summary>Encoded again when it is asked for; most readers never do.</summary>
    public override ReadOnlyMemory<byte> Original => _original is { } place ? Encode(_text.Slice(place.From, place.To)) : default;

    protected override RecordStatus ReadNext()
    {
        _original = null;
        try
        {
            var status = Advance();
            return status == RecordStatus.End && _text.Fault is { } fault ? Broken(fault) : status;
        }
        catch (XmlException problem)
        {
            return Broken(_text.Fault ?? XmlFaults.Describe(problem, Here, Open()));
        }
        catch (TooManyNamesException problem)
        {
            return Broken(problem.Finding);
        }
    }

    protected override void Dispose(bool disposing)
    {
        _xml.Dispose();
        base.Dispose(disposing);
    }

    private SourcePosition Here => new(Limit.File, Math.Max(1, _place.LineNumber), Math.Max(1, Column));

    /// <summary>The parser points behind the <c>&lt;</c>.</summary>
    private int Column => _place.LinePosition - (_xml.NodeType == XmlNodeType.Element ? 1 : 0);

    private RecordStatus Advance()
    {
        while (_xml.Read())
        {
            if (_xml.NodeType == XmlNodeType.XmlDeclaration && WrongDeclaration() is { } wrong) return Broken(wrong);
            if (_xml.NodeType == XmlNodeType.EndElement) Leave();
            if (_xml.NodeType != XmlNodeType.Element) continue;
            var known = _names.Of(_xml, isAttribute: false);
            var name = known.Text;
            if (_xml.Depth == 0 && _path.Length > 0 && name != _path[0]) return Broken(Finding.Error("FMT223", Here, "", ("path", Options.Record!), ("found", name)));
            if (_matched == _xml.Depth && (_path.Length == 0 || (_matched < _path.Length && name == _path[_matched])))
            {
                if (_matched + 1 >= _path.Length) return Record(known);
                _matched++;
            }

            _text.Forget(_place.LineNumber, Column);
            if (_xml.Depth >= Limit.MaxDepth) return Broken(Limits.Depth(Limit, Here));
            if (!_xml.IsEmptyElement) _open.Add((name, _place.LineNumber, Column));
            else if (_matched > _xml.Depth) _matched--;
        }

        return RecordStatus.End;
    }

    private void Leave()
    {
        _open.RemoveAt(_open.Count - 1);
        _matched = Math.Min(_matched, _open.Count);
    }

    private RecordStatus Record(XmlName name)
    {
        var from = (_place.LineNumber, Column);
        _text.Forget(_place.LineNumber, Column);
        Begin(Here, -1);
        _mixed = null;
        _record.Clear();
        if (Gather(name) is { } tooMuch) return Broken(tooMuch);
        _original = (from, (_place.LineNumber, Column));
        if (_mixed is not null) return Bad(_mixed);
        Builder.Reset(ReadOnlyMemory<byte>.Empty, positions: true);
        _record.Write(Builder);
        return RecordStatus.Record;
    }

    /// <summary>Reads an element with everything in it; the parser then stands at its end.</summary>
    private Finding? Gather(XmlName name)
    {
        _current = Start(-1, name);
        if (_xml.IsEmptyElement)
        {
            _current = _record.Close(_current);
            return null;
        }

        while (_xml.Read())
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Element:
                    if (_record.IsFull) return Limits.Nodes(Limit, Here);
                    if (_xml.Depth >= Limit.MaxDepth) return Limits.Depth(Limit, Here);
                    if (_record.Item(_current).HasText) Mixed(_current, _record.TextOf(_current));
                    var child = Start(_current, _names.Of(_xml, isAttribute: false));
                    if (_xml.IsEmptyElement) _record.Close(child);
                    else _current = child;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    Text(_current);
                    break;
                case XmlNodeType.EndElement:
                    _current = _record.Close(_current);
                    if (_current < 0) return null;
                    break;
            }
        }

        throw new InvalidOperationException("The parser ended inside an element without saying so.");
    }

    private int Start(int parent, XmlName name)
    {
        var element = _record.Add(parent, name, _place.LineNumber, _place.LinePosition - 1, isAttribute: false);
        if (!_xml.MoveToFirstAttribute()) return element;
        do
        {
            if (_xml.NamespaceURI == "http://www.w3.org/2000/xmlns/") continue;
            var attribute = _record.Add(element, _names.Of(_xml, isAttribute: true), _place.LineNumber, _place.LinePosition, isAttribute: true);
            _record.AddText(attribute, _xml.Value);
        }
        while (_xml.MoveToNextAttribute());

        _xml.MoveToElement();
        return element;
    }

    /// <summary>All open elements, outermost first.</summary>
    private List<(string Name, int Line, int Column)> Open()
    {
        var inside = new List<(string Name, int Line, int Column)>();
        for (var at = _current; at >= 0; at = _record.Item(at).Parent) inside.Add((_record.Item(at).Name.Text, _record.Item(at).Line, _record.Item(at).Column));
        inside.Reverse();
        return [.. _open, .. inside];
    }

    private void Text(int current)
    {
        if (!_record.Item(current).HasElements) _record.AddText(current, _xml.Value);
        else Mixed(current, _xml.Value);
    }

    private void Mixed(int current, ReadOnlySpan<char> text)
    {
        if (text.IsWhiteSpace()) return;
        _mixed ??= Finding.Error("FMT224", Here, "", ("name", _record.Item(current).Name.Text), ("found", Snippet.Quote(Encoding.UTF8.GetBytes(text.Trim().ToString()))));
    }

    private Finding? WrongDeclaration()
    {
        if (_xml.GetAttribute("encoding") is not { } declared) return null;
        if (TextEncodings.TryGet(declared, out var encoding) && encoding.IsSameAs(Options.Encoding)) return null;
        return Finding.Error(
            "ENC102",
            new SourcePosition(Limit.File, 1, 1),
            "",
            ("declared", Options.Encoding.Name),
            ("actual", encoding?.Display ?? declared),
            ("evidence", $"<?xml … encoding=\"{declared}\"?>"),
            ("name", declared));
    }

    /// <summary>What was decoded strictly can be encoded again.</summary>
    private ReadOnlyMemory<byte> Encode(ReadOnlySpan<char> text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text.ToArray());
        if (Options.Encoding.IsUtf8) return utf8;
        var output = new ArrayBufferWriter<byte>(utf8.Length);
        return Options.Encoding.TryEncode(utf8, output, replace: true, At, "", out _) ? output.WrittenMemory : utf8;
    }
}
