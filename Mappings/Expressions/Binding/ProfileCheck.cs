using Mappings.Diagnostics;
using Mappings.Expressions.Functions;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Binding;

/// <summary>Names every construct that the profile does not allow.</summary>
internal sealed class ProfileCheck
{
    /// <summary>Functions with an ISO form that also take a picture, with the number of arguments before it.</summary>
    private static readonly Dictionary<string, int> Instants = new(StringComparer.Ordinal) { ["now"] = 0, ["toMillis"] = 1, ["fromMillis"] = 1 };

    /// <summary>True for a function of the language that is refused by its name here, not as unknown.</summary>
    public static bool Refuses(string name) => name == "eval";

    private readonly Unit _unit;
    private readonly ExpressionProfile _profile;
    private readonly Findings _findings;
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    private ProfileCheck(Unit unit, ExpressionProfile profile, Findings findings)
    {
        _unit = unit;
        _profile = profile;
        _findings = findings;
    }

    public static void Run(Node tree, Unit unit, ExpressionOptions options, Findings findings) =>
        new ProfileCheck(unit, options.Profile, findings).Start(tree);

    private void Start(Node tree)
    {
        if (tree is CallNode call) CheckPicture(call, 0);
        Visit(tree);
    }

    private void Visit(Node node)
    {
        Check(node);
        if (node is BindNode { Value: LambdaNode lambda } bind)
        {
            var isNew = _open.Add(bind.Name);
            Visit(lambda);
            if (isNew) _open.Remove(bind.Name);
            return;
        }

        // The left side of ~> is the first argument of the call on its right.
        var chained = node is BinaryNode { Operator: "~>", Right: CallNode { IsPartial: false } } ? ((BinaryNode)node).Right : null;
        foreach (var child in Children.Of(node))
        {
            if (child is CallNode call) CheckPicture(call, ReferenceEquals(call, chained) ? 1 : 0);
            Visit(child);
        }
    }

    /// <summary>A picture that a call gives; one that comes by another way is refused when the message is there.</summary>
    private void CheckPicture(CallNode call, int given)
    {
        if (call.Procedure is VariableNode { Predicates: null } variable && Instants.TryGetValue(variable.Name, out var before) && call.Arguments.Count + given > before)
        {
            Full(call, "$" + variable.Name + "(…, picture)");
        }
    }

    private void Check(Node node)
    {
        if (node.Focus is not null) Full(node, "@$" + node.Focus);
        if (node.Index is not null) Full(node, "#$" + node.Index);
        foreach (var stage in node.Stages ?? [])
        {
            if (stage.Index is not null) Full(node, "#$" + stage.Index);
        }

        if (node.Group is not null) Full(node.Group, "{ } (group by)");
        switch (node)
        {
            case DescendantNode: Full(node, "**"); break;
            case TransformNode: Full(node, "|…|…|"); break;
            case CallNode { IsPartial: true }: Full(node, "?"); break;
            case VariableNode variable: CheckVariable(variable); break;
        }
    }

    private void CheckVariable(VariableNode variable)
    {
        if (_open.Contains(variable.Name)) Full(variable, "$" + variable.Name + " → $" + variable.Name);
        else if (Library.Find(variable.Name) is { IsPicture: true }) Full(variable, "$" + variable.Name);
        else if (_profile != ExpressionProfile.Everything && (Refuses(variable.Name) || Library.Find(variable.Name) is { IsUnbounded: true })) Off(variable, "$" + variable.Name);
    }

    private void Full(Node node, string construct)
    {
        if (_profile == ExpressionProfile.Hub) Report("MAP271", node, construct);
    }

    private void Off(Node node, string construct) => Report("MAP272", node, construct);

    private void Report(string code, Node node, string construct) =>
        _findings.Add(Finding.Error(code, _unit.Origin.Locate(_unit.Text, node.Start), string.Empty, ("construct", construct)) with { Length = node.End - node.Start });
}
