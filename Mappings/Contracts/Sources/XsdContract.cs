using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Contracts.Sources;

/// <summary>
/// Reads <c>contracts/NAME.xsd</c> (W3C XML Schema 1.0) as the hub reads XML: elements and attributes are members, attributes
/// with the prefix <c>_</c>, text beside attributes is <c>_text</c>, an element that may stand several times is one value or
/// a list. Everything is text; simple types say what it is the written form of. Nothing outside the file is read.
/// </summary>
internal sealed partial class XsdContract
{
    private const string Xs = "http://www.w3.org/2001/XMLSchema";
    private const int MaximumNesting = 64;
    private const int MaximumElements = 20_000;

    private readonly string _file;
    private readonly Findings _findings;
    private readonly Dictionary<(string Kind, string Name), XElement> _globals = [];
    private readonly Dictionary<string, Regex> _patterns = new(StringComparer.Ordinal);
    private readonly XsdSimpleTypes _simple;
    private readonly HashSet<XElement> _open = [];
    private int _elements;

    private XsdContract(string file, Findings findings)
    {
        _file = file;
        _findings = findings;
        _simple = new XsdSimpleTypes(this);
    }

    /// <summary>The global elements by name, in the order of the file; null when <paramref name="findings"/> received an error.</summary>
    public static IReadOnlyDictionary<string, ContractDraft>? Read(string file, ReadOnlyMemory<byte> xsd, Findings findings)
    {
        var own = new Findings();
        var elements = new XsdContract(file, own).Read(xsd);
        findings.AddRange(own);
        return own.HasErrors ? null : elements;
    }

    /// <summary>
    /// The element that stands for the whole document: the one of the contract's name, the only one, or the only one that no
    /// other element refers to. The first of several that are equally good.
    /// </summary>
    public static string RootOf(IReadOnlyDictionary<string, ContractDraft> elements, string contract)
    {
        if (elements.ContainsKey(contract)) return contract;
        var inner = elements.Values.SelectMany(e => e.Members.Keys).ToHashSet(StringComparer.Ordinal);
        return elements.Keys.FirstOrDefault(name => !inner.Contains(name)) ?? elements.Keys.First();
    }

    internal XElement? Global(string kind, string qualified) => _globals.GetValueOrDefault((kind, Local(qualified)));

    internal static string Local(string qualified) => qualified[(qualified.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>True for a name of the schema language itself, such as <c>xs:string</c>.</summary>
    internal static bool IsBuiltIn(XElement at, string qualified)
    {
        var colon = qualified.IndexOf(':', StringComparison.Ordinal);
        var space = colon < 0 ? at.GetDefaultNamespace() : at.GetNamespaceOfPrefix(qualified[..colon]);
        return space?.NamespaceName == Xs;
    }

    internal SourcePosition At(XObject at) => ((IXmlLineInfo)at) is var info && info.HasLineInfo() ? new SourcePosition(_file, info.LineNumber, info.LinePosition) : SourcePosition.WholeFile(_file);

    internal void Report(string code, XObject at, params ReadOnlySpan<(string Name, string Value)> arguments) => _findings.Error(code, At(at), string.Empty, arguments);

    /// <summary>Compiled once for all elements of a type.</summary>
    /// <param name="at">Where it stands; null for a pattern of ours.</param>
    internal Regex? Pattern(string pattern, XObject? at)
    {
        if (_patterns.TryGetValue(pattern, out var known)) return known;
        var compiled = PatternText.Compile(pattern, whole: false, at is null ? default : At(at), string.Empty, _findings);
        if (compiled is not null) _patterns.Add(pattern, compiled);
        return compiled;
    }

    private Dictionary<string, ContractDraft>? Read(ReadOnlyMemory<byte> xsd)
    {
        if (xsd.Length > YamlLimits.Bytes)
        {
            _findings.Error("MAP254", SourcePosition.WholeFile(_file), "", ("limit", "1 MB"));
            return null;
        }

        XElement root;
        try
        {
            using var reader = XmlReader.Create(
                new MemoryStream(xsd.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });
            root = XDocument.Load(reader, LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException error)
        {
            _findings.Error("MAP242", new SourcePosition(_file, error.LineNumber, error.LinePosition), "", ("reason", error.Message));
            return null;
        }

        if (root.Name != XName.Get("schema", Xs))
        {
            Report("MAP246", root);
            return null;
        }

        foreach (var child in root.Elements())
        {
            if (child.Name.LocalName is "include" or "import" or "redefine" or "override") Report("MAP243", child, ("element", child.Name.LocalName));
            else if ((string?)child.Attribute("name") is { } name) _globals.TryAdd((child.Name.LocalName, name), child);
        }

        if (_findings.HasErrors) return null;
        var elements = _globals.Where(g => g.Key.Kind == "element").ToDictionary(g => g.Key.Name, g => Element(g.Value, 0), StringComparer.Ordinal);
        if (elements.Count == 0) Report("MAP246", root);
        return elements;
    }

    /// <summary>What an element holds, once.</summary>
    private ContractDraft Element(XElement element, int depth)
    {
        var at = At(element);
        if (++_elements > MaximumElements || depth > MaximumNesting)
        {
            if (_elements == MaximumElements + 1 || depth > MaximumNesting) Report("MAP254", element, ("limit", depth > MaximumNesting ? "64 levels" : "20,000 elements"));
            return new ContractDraft { At = at };
        }

        if ((string?)element.Attribute("ref") is { } reference)
        {
            if (Global("element", reference) is { } global) return Element(global, depth + 1);
            Report("MAP245", element.Attribute("ref")!, ("name", reference));
            return new ContractDraft { At = at };
        }

        // A type that contains itself: what is inside is not described a second time.
        if (!_open.Add(element)) return new ContractDraft { At = at };
        var draft = Typed(element, depth);
        _open.Remove(element);
        draft.At = at;
        draft.Description ??= Documentation(element);
        return draft;
    }

    private ContractDraft Typed(XElement element, int depth)
    {
        if ((string?)element.Attribute("type") is { } type)
        {
            if (IsBuiltIn(element, type)) return Local(type) == "anyType" ? new ContractDraft() : _simple.BuiltIn(Local(type));
            if (Global("simpleType", type) is { } simple) return _simple.Read(simple);
            if (Global("complexType", type) is { } complex) return Guarded(complex, depth);
            Report("MAP245", element.Attribute("type")!, ("name", type));
            return new ContractDraft();
        }

        if (Child(element, "simpleType") is { } own) return _simple.Read(own);
        return Child(element, "complexType") is { } inner ? Complex(inner, depth) : new ContractDraft();
    }

    private ContractDraft Guarded(XElement complex, int depth)
    {
        if (!_open.Add(complex)) return new ContractDraft();
        var draft = Complex(complex, depth);
        _open.Remove(complex);
        return draft;
    }

    internal static XElement? Child(XElement parent, string name) => parent.Element(XName.Get(name, Xs));

    private static int Occurs(XElement element, string name) => (string?)element.Attribute(name) switch
    {
        null => 1,
        "unbounded" => int.MaxValue,
        var text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1,
    };

    private static string? Documentation(XElement element)
    {
        if (Child(element, "annotation") is not { } annotation || Child(annotation, "documentation") is not { } text) return null;
        var words = new StringBuilder(text.Value.Trim());
        return words.Length == 0 ? null : words.ToString();
    }
}
