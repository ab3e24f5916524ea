using System.Runtime.CompilerServices;
using System.Xml;

namespace Mappings.Formats.Xml;

/// <summary>Member names of elements and attributes: local names, with the prefix of the endpoint's namespace table where it has one.</summary>
internal sealed class XmlNames(FormatOptions options)
{
    private const int Slots = 512;

    /// <summary>
    /// Names as they were met last, by the objects that the parser keeps for equal names: looking at their characters is
    /// not needed, and a file of ever new names takes no more room.
    /// </summary>
    private readonly Met?[] _recent = new Met?[Slots];

    /// <summary>The parser bounds how many there are.</summary>
    private readonly Dictionary<string, XmlName> _names = new(StringComparer.Ordinal);
    private readonly bool _usesNamespaces = options.Namespaces.Count > 0;

    /// <summary>Records are alike: what followed this name the last time follows it again.</summary>
    private Met _last = new(string.Empty, string.Empty, false, new XmlName(string.Empty));

    /// <summary>Equal names are the same object.</summary>
    public XmlName Of(XmlReader at, bool isAttribute)
    {
        var local = at.LocalName;
        var uri = _usesNamespaces ? at.NamespaceURI : string.Empty;
        if (_last.Next is not { } next || !next.Is(local, uri, isAttribute)) _last.Next = next = Recent(local, uri, isAttribute);
        _last = next;
        return next.Name;
    }

    private Met Recent(string local, string uri, bool isAttribute)
    {
        ref var slot = ref _recent[((RuntimeHelpers.GetHashCode(local) << 1) | (isAttribute ? 1 : 0)) & (Slots - 1)];
        return slot is { } met && met.Is(local, uri, isAttribute) ? met : slot = new Met(local, uri, isAttribute, Find(uri, local, isAttribute));
    }

    private XmlName Find(string uri, string local, bool isAttribute)
    {
        var text = options.Namespaces.TryGetValue(uri, out var prefix) ? $"{prefix}_{local}" : local;
        if (isAttribute) text = options.AttributePrefix + text;
        if (!_names.TryGetValue(text, out var name)) _names.Add(text, name = new XmlName(text));
        return name;
    }

    private sealed class Met(string local, string uri, bool isAttribute, XmlName name)
    {
        public XmlName Name { get; } = name;

        public Met? Next { get; set; }

        public bool Is(string otherLocal, string otherUri, bool isOtherAttribute) =>
            ReferenceEquals(local, otherLocal) && ReferenceEquals(uri, otherUri) && isAttribute == isOtherAttribute;
    }
}
