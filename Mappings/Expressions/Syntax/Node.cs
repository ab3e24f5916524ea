using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Syntax;

/// <summary>A node of the syntax tree, already in the shape of paths and steps that evaluation follows.</summary>
internal abstract class Node(int start, int end)
{
    public int Start { get; set; } = start;

    public int End { get; set; } = end;

    public TextSpan Span => new(Start, End);

    /// <summary>Filters behind a node that is no path step.</summary>
    public List<Stage>? Predicates { get; set; }

    /// <summary>Filters and positions behind a path step: they see one step's result at a time.</summary>
    public List<Stage>? Stages { get; set; }

    /// <summary>The <c>{ … }</c> behind an expression.</summary>
    public ObjectNode? Group { get; set; }

    /// <summary>Marked by <c>[]</c>.</summary>
    public bool KeepArray { get; set; }

    /// <summary>The variable that <c>@$name</c> binds to each item of this step.</summary>
    public string? Focus { get; set; }

    /// <summary>The variable that <c>#$name</c> binds to the position of each item of this step.</summary>
    public string? Index { get; set; }

    /// <summary>True for an array constructor at the begin or end of a path.</summary>
    public virtual bool ConsArray { get; set; }
}

/// <summary>A filter, or a position binding between filters.</summary>
internal sealed record Stage(Node? Filter, string? Index, TextSpan Span);

internal sealed class ConstantNode(Value value, int start, int end) : Node(start, end)
{
    public Value Value { get; } = value;
}

internal sealed class RegexNode(string pattern, string flags, int start, int end) : Node(start, end)
{
    public string Pattern { get; } = pattern;

    public string Flags { get; } = flags;
}

internal sealed class NameNode(string name, int start, int end) : Node(start, end)
{
    public string Name { get; } = name;
}

internal sealed class WildcardNode(int start, int end) : Node(start, end);

internal sealed class DescendantNode(int start, int end) : Node(start, end);

internal sealed class ParentNode(int start, int end) : Node(start, end)
{
    /// <summary>The number of the enclosing step whose input is meant; the binder finds it.</summary>
    public int Slot { get; set; } = -1;
}

internal sealed class VariableNode(string name, int start, int end) : Node(start, end)
{
    public string Name { get; } = name;
}

internal sealed class PathNode(Node first) : Node(first.Start, first.End)
{
    public List<Node> Steps { get; } = [first];

    public bool KeepSingletonArray { get; set; }

    /// <summary>The first step is evaluated once, not for each element of the input: it stood alone and is a path only for what is behind it.</summary>
    public bool StartsOnce { get; init; }
}

internal sealed class BinaryNode(string op, Node left, Node right) : Node(left.Start, right.End)
{
    public string Operator { get; } = op;

    public Node Left { get; } = left;

    public Node Right { get; } = right;

    public TextSpan OperatorSpan { get; init; }
}

internal sealed class NegateNode(Node operand, int start) : Node(start, operand.End)
{
    public Node Operand { get; } = operand;
}

internal sealed class ArrayNode(List<Node> items, int start, int end) : Node(start, end)
{
    public List<Node> Items { get; } = items;
}

internal sealed class RangeNode(Node from, Node to) : Node(from.Start, to.End)
{
    public Node From { get; } = from;

    public Node To { get; } = to;
}

internal sealed class ObjectNode(List<(Node Key, Node Value)> pairs, int start, int end) : Node(start, end)
{
    public List<(Node Key, Node Value)> Pairs { get; } = pairs;
}

internal sealed class BlockNode(List<Node> expressions, int start, int end, bool hasLambda) : Node(start, end)
{
    public List<Node> Expressions { get; } = expressions;

    /// <summary>True when a function written inside could outlive one run of the block.</summary>
    public bool HasLambda { get; } = hasLambda;

    public override bool ConsArray =>
        Expressions.Exists(e => e.ConsArray || (e is PathNode path && path.Steps[0].ConsArray));
}

/// <summary>The types of a lambda's parameters, and how and where they are written.</summary>
internal sealed record WrittenSignature(Signature Types, string Text, TextSpan Span);

internal sealed class LambdaNode(List<string> parameters, Node body, WrittenSignature? signature, int start, int end) : Node(start, end)
{
    public List<string> Parameters { get; } = parameters;

    public Node Body { get; } = body;

    public WrittenSignature? Signature { get; } = signature;
}

internal sealed class CallNode(Node procedure, List<Node> arguments, int end) : Node(procedure.Start, end)
{
    public Node Procedure { get; } = procedure;

    /// <summary>A <see cref="PlaceholderNode"/> among them makes it a partial application.</summary>
    public List<Node> Arguments { get; } = arguments;

    public bool IsPartial => Arguments.Exists(a => a is PlaceholderNode);
}

internal sealed class PlaceholderNode(int start, int end) : Node(start, end);

internal sealed class ConditionNode(Node condition, Node then, Node? otherwise, ConditionKind kind)
    : Node(condition.Start, (otherwise ?? then).End)
{
    public Node Condition { get; } = condition;

    public Node Then { get; } = then;

    public Node? Otherwise { get; } = otherwise;

    public ConditionKind Kind { get; } = kind;
}

internal enum ConditionKind
{
    /// <summary><c>a ? b : c</c></summary>
    Ternary,

    /// <summary><c>a ?: b</c>: b unless a is true in JSONata's sense.</summary>
    Default,

    /// <summary><c>a ?? b</c>: b unless a has a value.</summary>
    Coalesce,
}

internal sealed class BindNode(string name, Node value, int start) : Node(start, value.End)
{
    public string Name { get; } = name;

    public Node Value { get; } = value;
}

internal sealed class SortNode(List<(Node Expression, bool Descending)> terms, int start, int end) : Node(start, end)
{
    public List<(Node Expression, bool Descending)> Terms { get; } = terms;
}

internal sealed class TransformNode(Node pattern, Node update, Node? delete, int start, int end) : Node(start, end)
{
    public Node Pattern { get; } = pattern;

    public Node Update { get; } = update;

    public Node? Delete { get; } = delete;
}
