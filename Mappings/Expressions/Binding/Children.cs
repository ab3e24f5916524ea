using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Binding;

/// <summary>The parts of a node, in the order they are evaluated.</summary>
internal static class Children
{
    public static IEnumerable<Node> Of(Node node)
    {
        foreach (var child in Own(node)) yield return child;
        foreach (var stage in (node.Predicates ?? []).Concat(node.Stages ?? []))
        {
            if (stage.Filter is not null) yield return stage.Filter;
        }

        if (node.Group is not null) yield return node.Group;
    }

    public static bool Contains<T>(Node node)
        where T : Node => node is T || Of(node).Any(Contains<T>);

    private static IEnumerable<Node> Own(Node node) => node switch
    {
        PathNode path => path.Steps,
        BinaryNode binary => [binary.Left, binary.Right],
        NegateNode negate => [negate.Operand],
        ArrayNode array => array.Items,
        RangeNode range => [range.From, range.To],
        ObjectNode o => o.Pairs.SelectMany(p => new[] { p.Key, p.Value }),
        BlockNode block => block.Expressions,
        LambdaNode lambda => [lambda.Body],
        CallNode call => call.Arguments.Prepend(call.Procedure),
        ConditionNode { Kind: not ConditionKind.Ternary } condition => [condition.Condition, condition.Otherwise!],
        ConditionNode { Otherwise: null } condition => [condition.Condition, condition.Then],
        ConditionNode condition => [condition.Condition, condition.Then, condition.Otherwise],
        BindNode bind => [bind.Value],
        SortNode sort => sort.Terms.Select(t => t.Expression),
        TransformNode { Delete: null } transform => [transform.Pattern, transform.Update],
        TransformNode transform => [transform.Pattern, transform.Update, transform.Delete],
        _ => [],
    };

    /// <summary>The names a block or function body binds itself: not those of blocks and functions inside it.</summary>
    public static IEnumerable<string> BoundNames(Node node)
    {
        if (node is BindNode bind) yield return bind.Name;
        if (node is BlockNode or LambdaNode) yield break;
        foreach (var child in Of(node))
        {
            foreach (var name in BoundNames(child)) yield return name;
        }
    }
}
