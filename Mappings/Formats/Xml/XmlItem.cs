using System.Text;

namespace Mappings.Formats.Xml;

/// <summary>An element or attribute of the record that is being read. The tape wants equal names together, XML does not.</summary>
internal struct XmlItem
{
    public XmlName Name;
    public string Text;

    /// <summary>Text that came in several pieces.</summary>
    public StringBuilder? Pieces;
    public int Line;
    public int Column;
    public int Parent;
    public int FirstChild;
    public int LastChild;
    public int NextSibling;
    public int ChildCount;
    public bool IsAttribute;
    public bool HasElements;

    public readonly bool HasText => Text.Length > 0 || Pieces is not null;
}
