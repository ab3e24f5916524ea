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
    private readonly (string? Local, string? Namespace, XmlName Name)[] _recent = new (string?, string?, XmlName)[Slots];

    /// <summary>The parser bounds how many there are.</summary>
    private readonly Dictionary<string, XmlName> _names = new(StringComparer.Ordinal);
    private readonly bool _usesNamespaces = options.Namespaces.Count > 0;

    /// <summary>Equal names are the same object.</summary>
    public XmlName Of(XmlReader at, bool isAttribute)
    {
        var local = at.LocalName;
        var uri = _usesNamespaces ? at.NamespaceURI : string.Empty;
        ref var slot = ref _recent[((RuntimeHelpers.GetHashCode(local) << 1) | (isAttribute ? 1 : 0)) & (Slots - 1)];
        if (!ReferenceEquals(slot.Local, local) || !ReferenceEquals(slot.Namespace, uri)) slot = (local, uri, Find(uri, local, isAttribute));
        return slot.Name;
    }

    private XmlName Find(string uri, string local, bool isAttribute)
    {
        var text = options.Namespaces.TryGetValue(uri, out var prefix) ? $"{prefix}_{local}" : local;
        if (isAttribute) text = options.AttributePrefix + text;
        if (!_names.TryGetValue(text, out var name)) _names.Add(text, name = new XmlName(text));
        return name;
    }
}
