using System.Globalization;
using System.Xml;
using Mappings.Diagnostics;

namespace Mappings.Formats.Xml;

/// <summary>Puts the parser's complaints into findings.</summary>
internal static class XmlFaults
{
    /// <param name="open">The elements open at the time, outermost first.</param>
    /// <param name="here">Where the parser stands, for the complaints that carry no place.</param>
    public static Finding Describe(XmlException problem, SourcePosition here, IReadOnlyList<(string Name, int Line, int Column)> open)
    {
        var at = problem.LineNumber > 0 ? new SourcePosition(here.File, problem.LineNumber, problem.LinePosition) : here;
        // The parser tells its cases apart only by their English texts.
        if (problem.Message.Contains("Root element is missing", StringComparison.Ordinal)) return Finding.Error("FMT211", at);
        if (problem.Message.Contains("DTD is prohibited", StringComparison.Ordinal)) return Finding.Error("FMT221", at);
        if (problem.Message.Contains("Unexpected end of file", StringComparison.Ordinal) && open.Count > 0)
        {
            var last = open[^1];
            return Finding.Error("FMT222", at, "", ("open", string.Create(CultureInfo.InvariantCulture, $"<{last.Name}> ({last.Line}:{last.Column})")));
        }

        return Finding.Error("FMT220", at, "", ("reason", Short(problem.Message)));
    }

    /// <summary>Without the place, which stands in front already.</summary>
    private static string Short(string message)
    {
        var place = message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return (place > 0 ? message[..place] : message).TrimEnd('.');
    }
}
