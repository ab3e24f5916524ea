namespace Mappings.Layouts;

/// <summary>What <c>at</c> and <c>length</c> count: <c>widths:</c>.</summary>
public enum WidthUnit
{
    /// <summary>Bytes of the file, before they are decoded: a Chinese character in GBK takes two.</summary>
    Bytes,

    /// <summary>Characters (code points).</summary>
    Chars,
}
