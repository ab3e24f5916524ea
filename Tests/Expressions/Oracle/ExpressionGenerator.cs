using System.Globalization;

namespace Tests.Expressions.Oracle;

/// <summary>
/// Random expressions over one small document, by the grammar of the language. The same seed gives the same expressions. Parts
/// that jsonata-js gets wrong in known ways are not made: they are named in <see cref="OracleDifferences"/>.
/// </summary>
internal sealed class ExpressionGenerator(Random random, string[] names)
{
    private static readonly string[] Literals = ["1", "2", "0", "-1", "2.5", "3", "10", "\"x\"", "\"y\"", "\"one\"", "\"a\"", "\"\"", "\"hello\"", "true", "false", "null"];
    private static readonly string[] Operators = ["+", "-", "*", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in", "&"];
    private static readonly string[] Aggregates =
    [
        "count", "sum", "max", "min", "average", "string", "number", "boolean", "not", "exists", "length", "keys", "distinct", "reverse", "sort", "spread",
        "merge", "type", "uppercase", "lowercase", "trim", "abs", "floor", "ceil", "round", "sqrt", "base64encode", "encodeUrlComponent",
    ];

    private static readonly string[] Binary =
        ["append", "lookup", "contains", "split", "join", "substring", "substringBefore", "substringAfter", "zip", "round", "pad", "formatBase"];

    private static readonly string[] HigherOrder = ["map", "filter", "each", "sift", "single", "reduce"];
    private static readonly string[] Unary = ["string", "sum", "count", "exists", "boolean", "not", "number", "type", "keys", "uppercase"];
    private static readonly string[] Patterns =
    [
        "$formatNumber(@, \"#,##0.00\")", "$formatNumber(@, \"0.0e0\")", "$formatNumber(@, \"#0%\")", "$formatInteger(@, \"w\")", "$formatInteger(@, \"#,##0;o\")", "$formatInteger(@, \"I\")",
        "$fromMillis(@ * 86400000, \"[FNn], [D1o] [MNn] [Y] [H01]:[m01]\")", "$fromMillis(@ * 98765432, \"[X]-W[W01]-[F1] [x1] [w1] [d001] [Yw]\")",
        "$match($string(@), /[a-z0-9]+/)", "$replace($string(@), /[a-o]/, \"<$0>\")", "$split($string(@), /[ ,]/)", "$toMillis($fromMillis(@ * 100000))",
    ];

    private readonly List<string> _variables = [];

    /// <summary>A new expression of some nesting.</summary>
    public string Next()
    {
        _variables.Clear();
        return Expression(random.Next(1, 5));
    }

    private string Expression(int depth)
    {
        if (depth <= 0) return Leaf();
        switch (random.Next(20))
        {
            case < 6: return Path(depth);
            case < 8: return Call(depth);
            case < 12: return $"{Expression(depth - 1)} {Pick(Operators)} {Expression(depth - 1)}";
            case 12: return "[" + List(depth, 3) + "]";
            case 13: return random.Next(3) == 0 ? "[1..3]" : "{" + Pairs(depth) + "}";
            case 14: return $"({Expression(depth - 1)} ? {Expression(depth - 1)} : {Expression(depth - 1)})";

            // jsonata-js evaluates the left side twice, and a regular expression in it then matches for ever.
            case 15: return $"{Leaf()} {Pick(["??", "?:"])} {Expression(depth - 1)}";
            case 16: return Binding(depth);
            case 17: return $"({Expression(depth - 1)}){Step(depth)}";
            case 18: return $"{Expression(depth - 1)} ~> ${Pick(["count", "string", "exists", "type", "reverse", "keys", "distinct", "boolean"])}";
            default: return random.Next(2) == 0 ? $"{Lambda(depth)}({List(depth, 2)})" : Pick(Patterns).Replace("@", Leaf(), StringComparison.Ordinal);
        }
    }

    private string Leaf() => random.Next(10) switch
    {
        < 3 => Pick(Literals),
        < 5 when _variables.Count > 0 => "$" + _variables[random.Next(_variables.Count)],
        < 6 => Path(0),
        _ => Pick(names),
    };

    private string Binding(int depth)
    {
        var name = Pick(["x", "y", "z"]);
        var value = Expression(depth - 1);
        _variables.Add(name);
        return $"(${name} := {value}; {Expression(depth - 1)})";
    }

    private string Path(int depth)
    {
        var path = random.Next(8) switch { 0 => "$", 1 => "$$", 2 => random.Next(5) == 0 ? "**" : "*", 3 when depth > 0 => $"({Expression(depth - 1)})", _ => Pick(names) };
        for (var steps = random.Next(4); steps > 0; steps--) path += Step(depth);
        return path;
    }

    private string Step(int depth)
    {
        switch (random.Next(24))
        {
            case < 12: return "." + Pick(names);
            case 12: return $"[{random.Next(-2, 3).ToString(CultureInfo.InvariantCulture)}]";
            // jsonata-js filters also where nothing was found, and keeps the nothing: so the condition asks for something first.
            case < 15 when depth > 0: return $"[$exists($) and ({Expression(depth - 1)})]";
            case 15: return "[]";
            case 16: return Pick([".*", ".$"]);
            case 17 when depth > 0: return $".({Expression(depth - 1)})";
            case 18 when depth > 0: return $".[{Expression(depth - 1)}]";
            case 19 when depth > 0: return ".{" + Pairs(depth) + "}";
            case 20 when depth > 0: return $"^({Pick(["", "<", ">"])}{Expression(depth - 1)})";
            case 21: return "." + Pick(names) + ".%";
            case 22:
                var name = Pick(["i", "j"]);
                _variables.Add(name);
                return "#$" + name;
            case 23 when depth > 0: return "." + Call(depth - 1);
            default: return "." + Pick(names);
        }
    }

    private string Call(int depth) => random.Next(4) switch
    {
        0 => $"${Pick(HigherOrder)}({Expression(depth - 1)}, {(random.Next(2) == 0 ? Lambda(depth) : "$" + Pick(Unary))})",
        1 => $"${Pick(Binary)}({Expression(depth - 1)}, {Expression(depth - 1)})",
        _ => $"${Pick(Aggregates)}({Expression(depth - 1)})",
    };

    private string Lambda(int depth)
    {
        var outer = _variables.Count;
        var parameters = Enumerable.Range(0, random.Next(1, 3)).Select(i => "xyz"[(i + random.Next(2)) % 3].ToString()).Distinct().ToList();
        _variables.AddRange(parameters);
        var body = Expression(depth - 1);
        _variables.RemoveRange(outer, _variables.Count - outer);
        return "function(" + string.Join(", ", parameters.Select(p => "$" + p)) + "){" + body + "}";
    }

    private string Pairs(int depth) =>
        string.Join(", ", Enumerable.Range(0, random.Next(1, 3)).Select(i => $"{(random.Next(3) == 0 ? $"$string({Leaf()})" : $"\"k{i.ToString(CultureInfo.InvariantCulture)}\"")}: {Expression(depth - 1)}"));

    private string List(int depth, int most) => string.Join(", ", Enumerable.Range(0, random.Next(most + 1)).Select(_ => Expression(depth - 1)));

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
