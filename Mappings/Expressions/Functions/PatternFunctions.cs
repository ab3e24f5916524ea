using System.Text;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Functions that look for a text, a regex or any other matcher.</summary>
internal static class PatternFunctions
{
    public static readonly Builtin[] All =
    [
        new("match", "<s-f<s:o>n?:a<o>>", Match) { YieldsOne = false },
        new("contains", "<s-(sf):b>", Contains),
        new("replace", "<s-(sf)(sf)n?:s>", Replace),
        new("split", "<s-(sf)n?:a<s>>", Split) { YieldsOne = false },
    ];

    private static long Limit(in Frame f, in Value limit, string code)
    {
        if (limit.IsMissing) return long.MaxValue;
        if (Numbers.Compare(limit, Value.FromNumber(0)) < 0) throw Errors.InCall(f, code, limit);
        return (long)Math.Min(Math.Ceiling(Numbers.ToDouble(limit)), int.MaxValue);
    }

    private static void Needed(in Frame f, in Value argument, string name, string index)
    {
        if (argument.IsMissing) throw Errors.InCall(f, "T0410", argument, ("name", name), ("index", index), ("types", SignatureParameter.Describe(SignatureTypes.Text | SignatureTypes.Function)));
    }

    private static Value Match(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var limit = Limit(f, a[2], "D3040");
        var result = new Seq(SeqFlags.Sequence);
        if (limit > 0 && Matchers.TryFirst(ref f, a[1].Function, a[0], out var match))
        {
            do
            {
                var one = new Map();
                one.Set("match", Value.FromText(match.Text));
                one.Set("index", Value.FromNumber(match.Start));
                one.Set("groups", Groups(ref f, match.Groups));
                Sequences.Push(ref f, result, new Value(Tag.Map, one));
            }
            while (result.Count < limit && Matchers.TryNext(ref f, ref match));
        }

        return new Value(Tag.Seq, result);
    }

    /// <summary>A plain array; a group that took no part stays in it, as no value.</summary>
    private static Value Groups(ref Frame f, in Value groups)
    {
        var list = new Seq(SeqFlags.None);
        foreach (var group in groups.Items()) Sequences.Push(ref f, list, group);
        return new Value(Tag.Seq, list);
    }

    private static Value Contains(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing || a[1].IsMissing) return default;
        if (a[1].IsText) return Value.FromBoolean(a[0].AsText()!.Contains(a[1].AsText()!, StringComparison.Ordinal));
        if (a[1].Ref is RegexFunction regex)
        {
            var text = a[0].AsText()!;
            f.Step(1 + (text.Length / 64));
            return Value.FromBoolean(regex.Regex.IsMatch(text));
        }

        return Value.FromBoolean(Matchers.TryFirst(ref f, a[1].Function, a[0], out _));
    }

    private static Value Split(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        Needed(f, a[1], "split", "2");
        var limit = Limit(f, a[2], "D3020");
        var text = a[0].AsText()!;
        var parts = new Seq(SeqFlags.None);
        if (a[1].IsFunction) SplitByMatcher(ref f, a[0], text, a[1].Function, limit, parts);
        else SplitByText(ref f, text, a[1].AsText() ?? string.Empty, a[2].IsMissing ? limit : Numbers.FloorToLong(a[2]), parts);
        return new Value(Tag.Seq, parts);
    }

    private static void SplitByText(ref Frame f, string text, string separator, long limit, Seq parts)
    {
        if (separator.Length == 0)
        {
            for (var i = 0; i < text.Length && parts.Count < limit; i++) Sequences.Push(ref f, parts, Value.FromText(text[i].ToString()));
            return;
        }

        var from = 0;
        while (parts.Count < limit)
        {
            var at = text.IndexOf(separator, from, StringComparison.Ordinal);
            Sequences.Push(ref f, parts, Value.FromText(at < 0 ? text[from..] : text[from..at]));
            if (at < 0) return;
            from = at + separator.Length;
        }
    }

    private static void SplitByMatcher(ref Frame f, in Value value, string text, FunctionValue matcher, long limit, Seq parts)
    {
        var from = 0;
        var more = Matchers.TryFirst(ref f, matcher, value, out var match);
        while (more && parts.Count < limit)
        {
            Sequences.Push(ref f, parts, Value.FromText(text[from..Math.Clamp(match.Start, from, text.Length)]));
            from = Math.Clamp(match.End, from, text.Length);
            more = Matchers.TryNext(ref f, ref match);
        }

        if (parts.Count < limit) Sequences.Push(ref f, parts, Value.FromText(text[from..]));
    }

    private static Value Replace(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        Needed(f, a[1], "replace", "2");
        Needed(f, a[2], "replace", "3");
        if (a[1].IsText && a[1].AsText()!.Length == 0) throw Errors.InCall(f, "D3010", a[1]);
        var limit = Limit(f, a[3], "D3011");
        var text = a[0].AsText()!;
        var result = new StringBuilder();
        var from = 0;
        if (a[1].IsText)
        {
            var searched = a[1].AsText()!;
            var with = a[2].AsText() ?? string.Empty;
            for (; limit > 0; limit--)
            {
                var at = text.IndexOf(searched, from, StringComparison.Ordinal);
                if (at < 0) break;
                f.Step();
                Add(f, result, text.AsSpan(from, at - from), with);
                from = at + searched.Length;
            }
        }
        else if (limit > 0 && Matchers.TryFirst(ref f, a[1].Function, a[0], out var match))
        {
            var more = true;
            for (; more && limit > 0; limit--)
            {
                var with = a[2].IsFunction ? Computed(ref f, a[2].Function, match) : Template(a[2].AsText() ?? string.Empty, match);
                var start = Math.Clamp(match.Start, from, text.Length);
                Add(f, result, text.AsSpan(from, start - from), with);
                from = Math.Clamp(match.Start + match.Text.Length, from, text.Length);
                more = Matchers.TryNext(ref f, ref match);
            }
        }

        if (from == 0 && result.Length == 0) return a[0];
        Add(f, result, text.AsSpan(from), string.Empty);
        return TextFunctions.Made(f, result.ToString());
    }

    private static void Add(in Frame f, StringBuilder result, ReadOnlySpan<char> before, string with)
    {
        result.Append(before).Append(with);
        if (result.Length > f.Context.Budget.Limits.TextLength) Errors.TextTooLong(f);
    }

    private static string Computed(ref Frame f, FunctionValue replacement, in TextMatch match)
    {
        var argument = new Map();
        argument.Set("match", Value.FromText(match.Text));
        argument.Set("start", Value.FromNumber(match.Start));
        argument.Set("end", Value.FromNumber(match.End));
        argument.Set("groups", match.Groups);
        var value = new Value(Tag.Map, argument);
        var with = Calls.Apply(ref f, replacement, new ReadOnlySpan<Value>(in value), default, f.At);
        return with.IsText ? with.AsText()! : throw Errors.InCall(f, "D3012", with);
    }

    /// <summary>Fills <c>$1</c> and the like: as many digits as there can be groups, <c>$$</c> is a dollar, <c>$0</c> the whole match.</summary>
    private static string Template(string template, in TextMatch match)
    {
        if (!template.Contains('$', StringComparison.Ordinal)) return template;
        var result = new StringBuilder();
        var groups = match.Groups.Count;
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '$' || i + 1 == template.Length)
            {
                result.Append(template[i]);
                continue;
            }

            var next = template[i + 1];
            if (next == '$')
            {
                result.Append('$');
                i++;
            }
            else if (next == '0')
            {
                result.Append(match.Text);
                i++;
            }
            else if (char.IsAsciiDigit(next)) i = AppendGroup(result, template, i, groups, match);
            else result.Append('$');
        }

        return result.ToString();
    }

    private static int AppendGroup(StringBuilder result, string template, int dollar, int groups, in TextMatch match)
    {
        var digits = groups == 0 ? 1 : groups.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        var end = dollar + 1;
        while (end < template.Length && end - dollar <= digits && char.IsAsciiDigit(template[end])) end++;
        var number = int.Parse(template.AsSpan(dollar + 1, end - dollar - 1), System.Globalization.CultureInfo.InvariantCulture);
        if (end - dollar > 2 && number > groups)
        {
            end--;
            number /= 10;
        }

        if (number <= groups) result.Append(Sequences.At(match.Groups, number - 1).AsText());
        return end - 1;
    }
}
