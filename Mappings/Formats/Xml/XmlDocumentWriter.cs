using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;
using Mappings.Diagnostics;
using Mappings.Documents;

namespace Mappings.Formats.Xml;

/// <summary>
/// Writes one document by the rules that XML is read by: the record path names the elements around, members are elements
/// in their order, an array repeats its element, the prefix marks attributes, and <c>_text</c> is the text beside them.
/// Nothing is left out: what XML cannot say refuses the document.
/// </summary>
internal sealed class XmlDocumentWriter
{
    private readonly WriterOptions _options;
    private readonly XmlTexts _texts;
    private readonly ArrayBufferWriter<byte> _out = new(1024);
    private readonly string[] _path;
    private readonly string _textName;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _members = [];
    private Finding? _error;

    public XmlDocumentWriter(WriterOptions options)
    {
        _options = options;
        _texts = new XmlTexts(options.Encoding, _out);
        _path = options.Record?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (_path.Length == 0) throw new ArgumentException("XML needs a record path that names its elements.", nameof(options));
        _textName = options.AttributePrefix + "text";
    }

    /// <param name="node">The record, or an array of records where the path has elements around them.</param>
    /// <param name="text">UTF-8; valid until the next call.</param>
    public bool TryWrite(Tape tape, int node, out ReadOnlySpan<byte> text, [NotNullWhen(false)] out Finding? error)
    {
        _out.ResetWrittenCount();
        _members.Clear();
        _error = null;
        if (_options.Encoding.IsUtf16) _out.Write("\uFEFF"u8);
        Raw($"<?xml version=\"1.0\" encoding=\"{_options.Encoding.Name}\"?>\n");
        for (var i = 0; i < _path.Length - 1; i++) Open(Name(_path[i]), isRoot: i == 0);
        var isRoot = _path.Length == 1;
        if (tape.Kind(node) == NodeKind.Object) Element(tape, node, _path[^1], isRoot);
        else if (tape.Kind(node) == NodeKind.Array && !isRoot) Records(tape, node);
        else Misfit(tape, node, isRoot ? WrittenValue.Object : "[…], {…}");
        for (var i = _path.Length - 2; i >= 0; i--) Raw($"</{Name(_path[i])}>");
        Raw("\n");
        text = _out.WrittenSpan;
        error = _error;
        return error is null;
    }

    private void Records(Tape tape, int array)
    {
        for (var item = tape.FirstChild(array); item < tape.Next(array); item = tape.Next(item))
        {
            if (tape.Kind(item) == NodeKind.Object) Element(tape, item, _path[^1], isRoot: false);
            else Misfit(tape, item, WrittenValue.Object);
        }
    }

    private void Element(Tape tape, int node, string member, bool isRoot)
    {
        var name = Name(member);
        Raw($"<{name}");
        if (isRoot) Declarations();
        if (tape.Kind(node) != NodeKind.Object)
        {
            Content(name, WrittenValue.Text(tape, node));
            return;
        }

        var end = tape.Next(node);
        var (elements, text) = (0, -1);
        for (var at = tape.FirstChild(node); at < end; at = tape.Next(at))
        {
            var value = at + Tape.Stride;
            var key = Encoding.UTF8.GetString(tape.Utf8(at));
            if (key == _textName) text = value;
            else if (key.StartsWith(_options.AttributePrefix, StringComparison.Ordinal)) Attribute(tape, value, key);
            else elements++;
        }

        if (text >= 0 && (elements > 0 || !WrittenValue.IsSingle(tape, text)))
        {
            Within(_textName, () => Misfit(tape, text, WrittenValue.Single));
            return;
        }

        if (elements == 0)
        {
            Content(name, text < 0 ? default : WrittenValue.Text(tape, text));
            return;
        }

        Raw(">");
        for (var at = tape.FirstChild(node); at < end && _error is null; at = tape.Next(at))
        {
            var key = Encoding.UTF8.GetString(tape.Utf8(at));
            if (!key.StartsWith(_options.AttributePrefix, StringComparison.Ordinal)) Within(key, () => Member(tape, at + Tape.Stride, key));
        }

        Raw($"</{name}>");
    }

    private void Member(Tape tape, int value, string key)
    {
        if (tape.Kind(value) != NodeKind.Array)
        {
            Element(tape, value, key, isRoot: false);
            return;
        }

        for (var item = tape.FirstChild(value); item < tape.Next(value); item = tape.Next(item))
        {
            if (tape.Kind(item) == NodeKind.Array) Misfit(tape, item, $"{WrittenValue.Object}, {WrittenValue.Single}");
            else Element(tape, item, key, isRoot: false);
        }
    }

    private void Attribute(Tape tape, int value, string key) => Within(key, () =>
    {
        if (!WrittenValue.IsSingle(tape, value))
        {
            Misfit(tape, value, WrittenValue.Single);
            return;
        }

        if (tape.Kind(value) == NodeKind.Null) return;
        Raw($" {Name(key[_options.AttributePrefix.Length..])}=\"");
        Text(WrittenValue.Text(tape, value), inAttribute: true);
        Raw("\"");
    });

    /// <summary>The rest of an element without elements.</summary>
    private void Content(string name, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            Raw("/>");
            return;
        }

        Raw(">");
        Text(text, inAttribute: false);
        Raw($"</{name}>");
    }

    private void Open(string name, bool isRoot)
    {
        Raw($"<{name}");
        if (isRoot) Declarations();
        Raw(">");
    }

    private void Declarations()
    {
        foreach (var (uri, prefix) in _options.Namespaces)
        {
            Raw($" xmlns:{prefix}=\"");
            Text(Encoding.UTF8.GetBytes(uri), inAttribute: true);
            Raw("\"");
        }
    }

    private void Text(ReadOnlySpan<byte> utf8, bool inAttribute)
    {
        if (_texts.Write(utf8, inAttribute) is { } wrong) _error ??= Finding.Error("FMT279", Place, Path(), ("code", wrong));
    }

    /// <summary>The name in XML of a member: <c>p_name</c> is <c>p:name</c> where p is a prefix.</summary>
    private string Name(string member)
    {
        if (_names.TryGetValue(member, out var known)) return known;
        var name = member;
        foreach (var prefix in _options.Namespaces.Values)
        {
            if (member.Length > prefix.Length + 1 && member.StartsWith(prefix, StringComparison.Ordinal) && member[prefix.Length] == '_') name = $"{prefix}:{member[(prefix.Length + 1)..]}";
        }

        if (!name.Split(':').All(IsNcName) || name.Count(':') > 1) _error ??= Finding.Error("FMT277", Place, Path(), ("name", member));
        else if (_names.Count < 10_000) _names.Add(member, name);
        return name;
    }

    private static bool IsNcName(string text) => text.Length > 0 && XmlConvert.IsStartNCNameChar(text[0]) && text.All(XmlConvert.IsNCNameChar);

    private SourcePosition Place => SourcePosition.WholeFile(_options.File);

    private string Path() => string.Join('.', _members);

    private void Misfit(Tape tape, int node, string expected) => _error ??= WrittenValue.Misfit(tape, node, expected, _options.File, Path());

    private void Within(string member, Action write)
    {
        _members.Add(member);
        write();
        _members.RemoveAt(_members.Count - 1);
    }

    private void Raw(string text) => Encoding.UTF8.GetBytes(text, _out);
}
