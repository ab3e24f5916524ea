using System.Text;
using System.Text.RegularExpressions;

namespace Mappings.Expressions.Functions;

/// <summary>
/// JavaScript's regular expressions on .NET's engine without backtracking: <c>\d \w \s</c> and their opposites mean
/// JavaScript's sets, <c>.</c> stops at every line end, <c>$</c> is the very end. Time is linear in the text; look-around
/// and back-references do not exist there and are refused.
/// </summary>
internal static class RegexDialect
{
    private const int MaxPattern = 1000;
    private const string Digits = "0-9";
    private const string Word = "a-zA-Z0-9_";
    private const string Space = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";

    // The complements, written out: .NET has no nested negation inside a set.
    private const string NotDigits = "\\u0000-\\u002f\\u003a-\\uffff";
    private const string NotWord = "\\u0000-\\u002f\\u003a-\\u0040\\u005b-\\u005e\\u0060\\u007b-\\uffff";
    private const string NotSpace = "\\u0000-\\u0008\\u000e-\\u001f\\u0021-\\u009f\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\uffff";

    /// <returns>The expression, or null with a reason.</returns>
    public static Regex? Compile(string pattern, string flags, out string reason)
    {
        if (pattern.Length > MaxPattern)
        {
            reason = $"> {MaxPattern}";
            return null;
        }

        var options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
        if (flags.Contains('i', StringComparison.Ordinal)) options |= RegexOptions.IgnoreCase;
        if (flags.Contains('m', StringComparison.Ordinal)) options |= RegexOptions.Multiline;
        try
        {
            reason = string.Empty;
            return new Regex(Rewrite(pattern, (options & RegexOptions.Multiline) != 0), options);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            reason = error.Message;
            return null;
        }
    }

    internal static string Rewrite(string pattern, bool multiline)
    {
        var result = new StringBuilder(pattern.Length + 16);
        var inSet = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length) Escape(result, pattern, ref i, inSet);
            else if (inSet)
            {
                if (c == ']') inSet = false;

                // A bracket inside a set is a plain character in JavaScript, the begin of a subtraction in .NET.
                result.Append(c == '[' ? "\\[" : c.ToString());
            }
            else if (c == '[')
            {
                inSet = true;
                OpenSet(result, pattern, ref i, ref inSet);
            }
            else if (c == '.') result.Append("[^\\n\\r\\u2028\\u2029]");
            else if (c == '$' && !multiline) result.Append("\\z");
            else result.Append(c);
        }

        return result.ToString();
    }

    private static void OpenSet(StringBuilder result, string pattern, ref int i, ref bool inSet)
    {
        var negated = i + 1 < pattern.Length && pattern[i + 1] == '^';
        var first = i + (negated ? 2 : 1);
        if (first < pattern.Length && pattern[first] == ']')
        {
            // JavaScript's empty set matches nothing, its negation everything; .NET would read on.
            result.Append(negated ? "[\\s\\S]" : "[^\\s\\S]");
            i = first;
            inSet = false;
            return;
        }

        result.Append(negated ? "[^" : "[");
        if (negated) i++;
    }

    private static void Escape(StringBuilder result, string pattern, ref int i, bool inSet)
    {
        var c = pattern[++i];
        var set = c switch
        {
            'd' => Digits,
            'w' => Word,
            's' => Space,
            'D' => NotDigits,
            'W' => NotWord,
            'S' => NotSpace,
            _ => null,
        };
        if (set is not null)
        {
            result.Append(inSet ? set : "[" + set + "]");
            return;
        }

        // Letters that JavaScript takes as themselves and .NET as something else.
        if (c is 'A' or 'Z' or 'z' or 'G' or 'a' or 'e') result.Append(c);
        else if (c == '/') result.Append('/');
        else result.Append('\\').Append(c);
    }
}
