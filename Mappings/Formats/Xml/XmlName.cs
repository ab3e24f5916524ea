using System.Text;

namespace Mappings.Formats.Xml;

/// <summary>The member name of an element or attribute.</summary>
internal sealed class XmlName(string text)
{
    public string Text { get; } = text;

    /// <summary>The object whose member last had this name; the builder's mark.</summary>
    public long Owner { get; set; }

    public byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(text);
}
