using System.Globalization;
using System.Text;
using Mappings.Documents;

namespace Mappings.Mapping.Tracing;

/// <summary>The path of a node in its record.</summary>
internal static class TapePath
{
    /// <returns>Such as <c>lines[2].price</c>; empty for the record itself.</returns>
    public static string Of(Tape tape, int node)
    {
        var path = new StringBuilder();
        var at = tape.Root;
        while (at != node && tape.Kind(at) is NodeKind.Object or NodeKind.Array)
        {
            var isObject = tape.Kind(at) == NodeKind.Object;
            var child = tape.FirstChild(at);
            var position = 0;
            while (child < tape.Next(at) && tape.Next(child) <= node)
            {
                child = tape.Next(child);
                position++;
            }

            if (isObject && path.Length > 0) path.Append('.');
            if (isObject) path.Append(Encoding.UTF8.GetString(tape.Utf8(child)));
            else path.Append(CultureInfo.InvariantCulture, $"[{position}]");
            at = isObject ? child + Tape.Stride : child;
        }

        return path.ToString();
    }
}
