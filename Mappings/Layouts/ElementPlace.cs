using System.Globalization;

namespace Mappings.Layouts;

/// <summary>An element of a segment, and a component of it: <c>2.1</c>; both from 1.</summary>
internal readonly record struct ElementPlace(int Element, int Component)
{
    private const int Most = 200;

    /// <summary>Reads <c>2</c> (the first component) or <c>2.3</c>.</summary>
    public static bool TryParse(string text, out ElementPlace place)
    {
        place = default;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var component = 1;
        if (!TryNumber(dot < 0 ? text : text[..dot], out var element) || (dot >= 0 && !TryNumber(text[(dot + 1)..], out component))) return false;
        place = new ElementPlace(element, component);
        return true;
    }

    public override string ToString() => Component == 1 ? $"{Element}" : $"{Element}.{Component}";

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number is >= 1 and <= Most;
}
