using System.Xml;

namespace Mappings.Formats.Xml;

/// <summary>Member names of elements and attributes: local names, with the prefix of the endpoint's namespace table where it has one.</summary>
internal sealed class XmlNames(FormatOptions options)
{
    private readonly Dictionary<(string Namespace, string Local, bool IsAttribute), string> _names = [];

    public string Of(XmlReader at)
    {
        var isAttribute = at.NodeType == XmlNodeType.Attribute;
        if (!isAttribute && options.Namespaces.Count == 0) return at.LocalName;
        var key = (at.NamespaceURI, at.LocalName, isAttribute);
        if (!_names.TryGetValue(key, out var name)) _names.Add(key, name = at.NameTable.Add(Compose(key.NamespaceURI, key.LocalName, isAttribute)));
        return name;
    }

    private string Compose(string uri, string local, bool isAttribute)
    {
        var name = options.Namespaces.TryGetValue(uri, out var prefix) ? $"{prefix}_{local}" : local;
        return isAttribute ? options.AttributePrefix + name : name;
    }
}
