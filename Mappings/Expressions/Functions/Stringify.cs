using System.Globalization;
using System.Text;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Values as text: what <c>$string</c> and <c>&amp;</c> make of them.</summary>
internal static class Stringify
{
    public static string ToText(ref Frame f, in Value value, bool pretty = false)
    {
        switch (value.Tag)
        {
            case Tag.String: return value.Text;
            case Tag.TapeText: return value.AsText()!;
            case Tag.Function: return string.Empty;
            case Tag.Decimal or Tag.RawNumber or Tag.Big or Tag.Double:
                CheckFinite(f, value);
                return Numbers.ToText(value);
            case Tag.True: return "true";
            case Tag.False: return "false";
            case Tag.Null: return "null";
            case Tag.Missing: return string.Empty;
        }

        var text = new StringBuilder();
        Write(ref f, text, value, pretty, 0);
        return text.ToString();
    }

    private static void CheckFinite(in Frame f, in Value value)
    {
        if (!Numbers.IsFinite(Numbers.Ready(value))) throw Errors.InCall(f, "D3001", value);
    }

    private static void Write(ref Frame f, StringBuilder text, in Value value, bool pretty, int depth)
    {
        if (value.IsArray)
        {
            WriteItems(ref f, text, value, pretty, depth);
            return;
        }

        if (value.IsObject)
        {
            WriteMembers(ref f, text, value, pretty, depth);
            return;
        }

        if (value.IsText) Quote(text, value.AsText()!);
        else if (value.IsFunction) text.Append("\"\"");
        else
        {
            CheckFinite(f, value);
            text.Append(value.IsNumber ? Numbers.ToText(value) : value.AsText());
        }

        if (text.Length > f.Context.Budget.Limits.TextLength) Errors.TextTooLong(f);
    }

    private static void WriteItems(ref Frame f, StringBuilder text, in Value value, bool pretty, int depth)
    {
        Comparison.CheckStack(ref f);
        text.Append('[');
        var first = true;
        foreach (var item in value.Items())
        {
            f.Step();
            if (!first) text.Append(',');
            first = false;
            Break(text, pretty, depth + 1);
            Write(ref f, text, item, pretty, depth + 1);
        }

        if (!first) Break(text, pretty, depth);
        text.Append(']');
    }

    private static void WriteMembers(ref Frame f, StringBuilder text, in Value value, bool pretty, int depth)
    {
        Comparison.CheckStack(ref f);
        text.Append('{');
        var first = true;
        foreach (var member in value.Members())
        {
            f.Step();
            var content = member.Value;
            if (content.IsMissing) continue;
            if (!first) text.Append(',');
            first = false;
            Break(text, pretty, depth + 1);
            Quote(text, member.Name);
            text.Append(pretty ? ": " : ":");
            Write(ref f, text, content, pretty, depth + 1);
        }

        if (!first) Break(text, pretty, depth);
        text.Append('}');
    }

    private static void Break(StringBuilder text, bool pretty, int depth)
    {
        if (pretty) text.Append('\n').Append(' ', depth * 2);
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                default:
                    if (c < ' ' || (char.IsSurrogate(c) && !IsPair(value, i))) text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    else text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }

    private static bool IsPair(string text, int at) =>
        char.IsHighSurrogate(text[at]) ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) : at > 0 && char.IsHighSurrogate(text[at - 1]);
}
