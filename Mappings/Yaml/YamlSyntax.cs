using System.Text.RegularExpressions;
using Mappings.Diagnostics;
using YamlDotNet.Core;

namespace Mappings.Yaml;

/// <summary>Says in the hub's words why a text is not YAML; the parser's own words are never shown.</summary>
internal static partial class YamlSyntax
{
    private const int MaximumTabs = 20;

    /// <summary>Adds a finding for a syntax error.</summary>
    /// <returns>The text with the faulty value replaced on its line, to look for the next error; null when that makes no sense.</returns>
    public static string? Explain(string file, LineTable source, YamlException error, Findings findings)
    {
        var line = (int)Math.Clamp(error.Start.Line, 1, source.Count);
        if (Tabs(file, source, line, findings)) return null;
        foreach (var candidate in new[] { line, line - 1 })
        {
            var text = source.Line(candidate);
            if (Value().Match(text) is not { Success: true } match) continue;
            var value = match.Groups["value"];
            if (Expression(file, candidate, match.Groups["key"].Value, value, findings) || Quote(file, candidate, value, findings))
                return Replace(source, candidate, text[..value.Index] + "x");
        }

        var start = source.OffsetOf(line, error.Start.Column);
        if (error.End.Line >= source.Count && Opening(source.Text, start) is { } opening) findings.Error("YML109", source.PositionOf(file, opening));
        else findings.Error("YML101", source.PositionOf(file, start));
        return null;
    }

    /// <summary>Tabs at the error, or on the lines beside it, and then all further ones; how deep they were meant to be nobody knows.</summary>
    private static bool Tabs(string file, LineTable source, int line, Findings findings)
    {
        var first = new[] { line, line + 1, line - 1 }.FirstOrDefault(l => Indentation().IsMatch(source.Line(l)));

        // The parser gives a mapping up as a whole, and names its first line, when a tab ends it.
        if (first == 0 && line == 1) first = Enumerable.Range(1, source.Count).FirstOrDefault(l => Indentation().IsMatch(source.Line(l)));
        if (first == 0) return false;
        var reported = 0;
        for (var candidate = first; candidate <= source.Count && reported < MaximumTabs; candidate++)
        {
            if (Indentation().Match(source.Line(candidate)) is not { Success: true } indentation) continue;
            findings.Error("YML105", new SourcePosition(file, candidate, indentation.Value.IndexOf('\t', StringComparison.Ordinal) + 1));
            reported++;
        }

        return true;
    }

    /// <summary>The quote or bracket behind <paramref name="start"/> that is never closed; null when all are.</summary>
    private static int? Opening(string text, int start)
    {
        var open = new Stack<int>();
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is '"' or '\'')
            {
                var end = text.IndexOf(text[i], i + 1);
                if (end < 0) return i;
                i = end;
            }
            else if (text[i] is '[' or '{') open.Push(i);
            else if (text[i] is ']' or '}') open.TryPop(out _);
        }

        return open.TryPeek(out var last) ? last : null;
    }

    /// <summary>
    /// YML111: " #" ended an expression, and what stands behind it looks like the rest of it and not like a remark.
    /// YML151: the expression goes over several lines, which YAML joins, so that its places would be lost.
    /// </summary>
    public static void CheckExpression(YamlScalar expression, Findings findings, string path = "")
    {
        if (expression.IsFoldedPlain) findings.Error("YML151", expression.Position, path, ("text", expression.Value));
        if (expression.TrailingComment is not { } comment) return;
        if (!comment.StartsWith('$') && Closed(expression.Value)) return;
        var at = expression.PositionAt(expression.Value.Length);
        findings.Error("YML111", at, path, ("lost", comment.TrimEnd()), ("text", expression.Value + " #" + comment.TrimEnd()));
    }

    /// <summary>YML110 for an expression that was taken for a key, because ": " stands in it: <c>- = a ? b : c</c>.</summary>
    public static void ExpressionAsKey(LineTable source, YamlScalar key, Findings findings)
    {
        var text = source.Line(key.Position.Line)[(key.Position.Column - 1)..].TrimEnd();
        findings.Error("YML110", key.Position, "", ("key", "-"), ("text", text));
    }

    private static bool Expression(string file, int line, string key, Group value, Findings findings)
    {
        var text = value.Value.TrimEnd();
        var column = value.Index + 1;
        if (InFlow().Match(text) is { Success: true } inner)
        {
            key = inner.Groups["key"].Value;
            text = inner.Groups["value"].Value.TrimEnd();
            column += inner.Groups["value"].Index;
        }

        if (!text.StartsWith("= ", StringComparison.Ordinal) || !text.Contains(": ", StringComparison.Ordinal)) return false;
        findings.Error("YML110", new SourcePosition(file, line, column), "", ("key", key.Length == 0 ? "-" : key + ":"), ("text", text));
        return true;
    }

    /// <summary>The value is not repeated: at this level nobody knows whether it is a secret.</summary>
    private static bool Quote(string file, int line, Group value, Findings findings)
    {
        var text = value.Value;
        var at = new SourcePosition(file, line, value.Index + 1);
        if (text[0] is '`' or '@' or '%')
        {
            findings.Error("YML113", at, "", ("character", text[..1]));
            return true;
        }

        if (text[0] is not ('"' or '\'')) return false;
        var end = text.IndexOf(text[0], 1);
        var rest = end < 0 ? string.Empty : text[(end + 1)..].Trim();
        if (rest.Length == 0 || rest[0] is '#' or ',' or '}' or ']' or ':') return false;
        findings.Error("YML112", at with { Column = at.Column + end + 1 });
        return true;
    }

    /// <summary>Quotes and brackets are balanced. A <c>/</c> where a value may begin opens a regular expression.</summary>
    private static bool Closed(string text)
    {
        var depth = 0;
        var open = '\0';
        var before = '(';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (open != '\0')
            {
                if (c == '\\') i++;
                else if (c == open) open = '\0';
                continue;
            }

            if (c is '"' or '\'' or '`' || (c == '/' && before is '(' or ',' or '=' or '[' or '{' or ':' or '?' or '&' or '>')) open = c;
            else if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or ']' or '}') depth--;
            if (c != ' ') before = c;
        }

        return open == '\0' && depth <= 0;
    }

    private static string Replace(LineTable source, int line, string text)
    {
        var start = source.OffsetOf(line, 1);
        return string.Concat(source.Text.AsSpan(0, start), text, source.Text.AsSpan(start + source.Line(line).Length));
    }

    [GeneratedRegex(@"^\{.*?(?<key>[^\s:{},]+): +(?<value>= [^{}]*: [^{}]*)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InFlow();

    [GeneratedRegex(@"^[ ]*\t[ \t]*", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Indentation();

    [GeneratedRegex(@"^ *(- +)*((?<key>[^\s:#'""{}\[\],-][^:#'""{}\[\],]*): +)?(?<value>[^\s#|>].*)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Value();
}
