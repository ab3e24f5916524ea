using Mappings.Diagnostics;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Binding;

/// <summary>The subset that a mapping's short form may use: names, positions, variables, <c>$$</c>, <c>%</c>.</summary>
internal static class PathGrammar
{
    public static void Check(Node tree, Unit unit, Findings findings)
    {
        if (Offender(tree) is not { } node) return;
        findings.Add(Finding.Error("MAP270", unit.Origin.Locate(unit.Text, node.Start), string.Empty, ("found", unit.Text[node.Start..node.End])) with { Length = node.End - node.Start });
    }

    private static Node? Offender(Node node)
    {
        if (node is PathNode path)
        {
            if (path.Group is not null) return path.Group;
            return path.Steps.Select(OffendingStep).FirstOrDefault(s => s is not null);
        }

        return OffendingStep(node);
    }

    private static Node? OffendingStep(Node node)
    {
        if (node.Focus is not null || node.Index is not null || node.Group is not null || node.KeepArray) return node;
        if (node is not (NameNode or ParentNode or VariableNode)) return node;
        var stages = (node.Stages ?? []).Concat(node.Predicates ?? []);
        return stages.Select(s => s.Filter is ConstantNode { Value.IsNumber: true, Predicates: null } ? null : s.Filter ?? node).FirstOrDefault(n => n is not null);
    }
}
