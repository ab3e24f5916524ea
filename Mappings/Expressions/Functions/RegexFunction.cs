using System.Text.RegularExpressions;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>One match, as the functions that take a matcher need it.</summary>
internal readonly record struct TextMatch(string Text, int Start, int End, Value Groups, Value Next);

/// <summary>A regex literal: a function from a text to its first match, with <c>next()</c> for the following one.</summary>
internal sealed class RegexFunction(Regex regex) : FunctionValue
{
    public override int Arity => 1;

    public Regex Regex { get; } = regex;

    public override Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx)
    {
        if (arguments.IsEmpty || !arguments[0].IsText) return default;
        return From(ref f, arguments[0].AsText()!, 0);
    }

    private Value From(ref Frame f, string text, int start)
    {
        f.Step(1 + (text.Length / 64));
        var match = Regex.Match(text, start);
        if (!match.Success) return default;
        var groups = new Seq(SeqFlags.Sequence | SeqFlags.KeepSingleton);
        for (var i = 1; i < match.Groups.Count; i++) Sequences.Push(ref f, groups, match.Groups[i].Success ? Value.FromText(match.Groups[i].Value) : default);
        var result = new Map();
        result.Set("match", Value.FromText(match.Value));
        result.Set("start", Value.FromNumber(match.Index));
        result.Set("end", Value.FromNumber(match.Index + match.Length));
        result.Set("groups", new Value(Tag.Seq, groups));
        result.Set("next", new NextMatch(this, text, match.Index + match.Length).AsValue());
        return new Value(Tag.Map, result);
    }

    private sealed class NextMatch(RegexFunction owner, string text, int start) : FunctionValue
    {
        public override int Arity => 0;

        /// <summary>The next match. An empty one would be found for ever.</summary>
        public override Value Invoke(ref Frame f, ReadOnlySpan<Value> arguments, in Value ctx)
        {
            if (start >= text.Length) return default;
            var next = owner.From(ref f, text, start);
            return next.IsMissing || next.Member("match").AsText() != string.Empty ? next : throw Errors.InCall(f, "D1004", Value.FromText(owner.Regex.ToString()));
        }
    }
}
