using Mappings.Expressions.Binding;
using Mappings.Expressions.Syntax;

namespace Mappings.Mapping.Files;

/// <summary>
/// Finds in a file check what can be gathered record by record: <c>$count $sum $min $max $average</c> of <c>$records</c> or of
/// a path that begins there. Each such call is replaced by a variable, padded with spaces so that every place stays where it was.
/// </summary>
internal sealed class RecordsText
{
    public const string Records = "records";

    private static readonly string[] Functions = ["count", "sum", "min", "max", "average"];

    private readonly string _text;
    private readonly List<CallNode> _calls = [];

    private RecordsText(string text, Node root)
    {
        _text = text;

        // A name that the check binds itself means nothing to a single record.
        if (!Children.Contains<BindNode>(root) && !Children.Contains<LambdaNode>(root)) Find(root);
        var rest = text.ToCharArray();
        for (var i = 0; i < _calls.Count; i++) Put(rest, _calls[i].Start, _calls[i].End, "$" + VariableOf(i));
        Rewritten = new string(rest);
    }

    /// <summary>The check with variables in the places of the calls.</summary>
    public string Rewritten { get; }

    /// <summary>The calls: their function and how it reads for one record.</summary>
    public IEnumerable<(string Variable, string Function, string OfRecord)> Calls =>
        _calls.Select((call, i) => (VariableOf(i), ((VariableNode)call.Procedure).Name, OfRecord(call)));

    /// <returns>Null when the text is no expression; the compiler says why.</returns>
    public static RecordsText? Of(string text)
    {
        try
        {
            return new RecordsText(text, Parser.Parse(text));
        }
        catch (SyntaxException)
        {
            return null;
        }
    }

    /// <summary>The two sides when a text is nothing but <c>left = right</c>, each in its place; else null.</summary>
    public static (string Left, string Right)? Sides(string text)
    {
        try
        {
            if (Parser.Parse(text) is not BinaryNode { Operator: "=", Predicates: null, Group: null } equality) return null;
            return (Alone(text, equality.Left), Alone(text, equality.Right));
        }
        catch (SyntaxException)
        {
            return null;
        }
    }

    private static string VariableOf(int number) => "__" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Find(Node node)
    {
        if (node is CallNode { Procedure: VariableNode function, Arguments: [var argument] } call && Functions.Contains(function.Name) && IsOfEachRecord(argument))
        {
            _calls.Add(call);
            return;
        }

        foreach (var child in Children.Of(node)) Find(child);
    }

    /// <summary>True when the value of all records is what the values of the single ones are together.</summary>
    private static bool IsOfEachRecord(Node argument)
    {
        var steps = argument is PathNode path ? path.Steps : [argument];
        if (steps[0] is not VariableNode { Name: Records } first || argument.Group is not null) return false;
        foreach (var step in steps)
        {
            if (step is SortNode || step.Group is not null || step.KeepArray || step.Focus is not null || step.Index is not null) return false;
        }

        // [0] of all records is one of them; [dc = "C"] is a question to each.
        var filters = (first.Predicates ?? []).Concat(first.Stages ?? []).Concat(argument.Predicates ?? []);
        return filters.All(f => f.Filter is BinaryNode { Operator: "=" or "!=" or "<" or "<=" or ">" or ">=" or "in" or "and" or "or" })
            && Children.Of(argument).Where(child => !ReferenceEquals(child, first)).Concat(Children.Of(first)).All(NeedsNothingElse);
    }

    /// <summary>Nothing from outside of the record: it would have another value, or none, while the file is being read.</summary>
    private static bool NeedsNothingElse(Node node) => node switch
    {
        VariableNode variable => variable.Name.Length == 0 && Children.Of(variable).All(NeedsNothingElse),
        CallNode { Procedure: VariableNode } call => call.Arguments.All(NeedsNothingElse) && Children.Of(call).Skip(1 + call.Arguments.Count).All(NeedsNothingElse),
        ParentNode => false,
        _ => Children.Of(node).All(NeedsNothingElse),
    };

    private string OfRecord(CallNode call)
    {
        var text = Alone(_text, call).ToCharArray();
        var argument = call.Arguments[0];
        var first = argument is PathNode path ? path.Steps[0] : argument;
        Put(text, first.Start, first.Start + 1 + Records.Length, "$");
        return new string(text);
    }

    /// <summary>A part of a text in its place, everything before it blank.</summary>
    private static string Alone(string text, Node node)
    {
        var part = text.ToCharArray(0, node.End);
        for (var i = 0; i < node.Start; i++) part[i] = part[i] == '\n' ? '\n' : ' ';
        return new string(part);
    }

    private static void Put(char[] text, int from, int to, string what)
    {
        for (var i = from; i < to; i++)
        {
            if (i - from < what.Length) text[i] = what[i - from];
            else if (text[i] != '\n') text[i] = ' ';
        }
    }
}
