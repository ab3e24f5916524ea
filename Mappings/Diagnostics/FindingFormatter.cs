using System.Globalization;
using System.Text;

namespace Mappings.Diagnostics;

/// <summary>Prints findings for people: one line each, or the long form with the marked source line, input, mapping and fix.</summary>
public static class FindingFormatter
{
    /// <summary><c>file:line:col: error CODE: path: what is wrong</c>. Control characters of input are shown escaped.</summary>
    public static string Line(Finding finding, CultureInfo? culture = null)
    {
        var text = new StringBuilder();
        if (!finding.At.IsNone) text.Append(finding.At).Append(": ");
        text.Append(Word(finding.Severity, culture)).Append(' ').Append(finding.Code).Append(": ");
        return Clean(text.Append(What(finding, culture)));
    }

    /// <summary><c>path: what is wrong</c>, for lists whose place and kind are said around it.</summary>
    public static string What(Finding finding, CultureInfo? culture = null)
    {
        var text = new StringBuilder();
        if (finding.Path.Length > 0) text.Append(finding.Path).Append(": ");
        return Clean(text.Append(finding.Message(culture)));
    }

    /// <summary>
    /// The long form.
    /// </summary>
    /// <param name="readLine">Gives the text of a source line (file, line from 1), or null when it cannot be shown.</param>
    public static string Long(Finding finding, Func<string, int, string?>? readLine = null, CultureInfo? culture = null)
    {
        var text = new StringBuilder(Line(finding, culture));
        if (finding.At.Column > 0 && readLine?.Invoke(finding.At.File, finding.At.Line) is { } source)
        {
            var number = finding.At.Line.ToString(CultureInfo.InvariantCulture).PadLeft(6);
            text.Append('\n').Append(number).Append(" | ").Append(source.Replace('\t', ' ').TrimEnd());
            text.Append('\n').Append(' ', 6).Append(" | ").Append(' ', finding.At.Column - 1).Append('^', Math.Max(1, finding.Length));
        }

        var words = DiagnosticTexts.Catalog;
        var none = new Dictionary<string, string>();
        if (finding.Mapping is { } mapping) text.Append("\n  ").Append(words.Render("word.mapping", none, culture)).Append(' ').Append(mapping);
        if (finding.Note(culture) is { } note) text.Append("\n  ").Append(Clean(new StringBuilder(note)));
        if (finding.Fix(culture) is { } fix) text.Append("\n  ").Append(words.Render("word.fix", none, culture)).Append(' ').Append(Clean(new StringBuilder(fix), keepLines: true).Replace("\n", "\n    ", StringComparison.Ordinal));
        return text.ToString();
    }

    private static string Word(Severity severity, CultureInfo? culture) =>
        DiagnosticTexts.Catalog.Render(severity == Severity.Error ? "word.error" : "word.warning", new Dictionary<string, string>(), culture);

    private static string Clean(StringBuilder text, bool keepLines = false)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!char.IsControl(c) || (keepLines && c == '\n')) continue;
            var escaped = c switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => $"\\u{(int)c:X4}" };
            text.Remove(i, 1).Insert(i, escaped);
            i += escaped.Length - 1;
        }

        return text.ToString();
    }
}
