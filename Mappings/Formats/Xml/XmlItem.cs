namespace Mappings.Formats.Xml;

/// <summary>An element or attribute of the record that is being read, in the order of the text. The tape wants equal names together, XML does not.</summary>
internal struct XmlItem
{
    public XmlName Name;

    /// <summary>Where the builder's text of it begins.</summary>
    public int TextStart;
    public int TextLength;
    public int Line;
    public int Column;
    public int Parent;

    /// <summary>Behind all that stands in it: the next sibling, where there is one.</summary>
    public int End;
    public bool IsAttribute;
    public bool HasElements;

    public readonly bool HasText => TextLength > 0;
}
