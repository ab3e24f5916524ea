using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Expressions.Binding;
using Mappings.Expressions.Syntax;

namespace Mappings.Mapping.Checking;

/// <summary>Choices, and what stands behind a test.</summary>
internal sealed partial class TypeInference
{
    private StaticType Condition(ConditionNode node, TypeContext context)
    {
        var condition = Visit(node.Condition, context);
        if (node.Kind == ConditionKind.Ternary)
        {
            Truth(node.Condition, condition);
            var then = Guarded(node.Condition, node.Then, context);
            return then.Or(node.Otherwise is null ? StaticType.Of(TypeKinds.Missing) : Guarded(node.Condition, node.Otherwise, context));
        }

        var fallback = Visit(node.Otherwise!, context);
        return condition.IsKnown ? (condition with { Kinds = condition.Present, Optional = null }).Or(fallback) : StaticType.Unknown;
    }

    /// <summary>How sure it is that a part is evaluated at all: one that a test of the type stands before may be meant for other values.</summary>
    private Severity Certain => _guards > 0 ? Severity.Warning : Severity.Error;

    private StaticType Guarded(Node condition, Node node, TypeContext context)
    {
        var asks = AsksType(condition);
        if (asks) _guards++;
        var type = Visit(node, context);
        if (asks) _guards--;
        return type;
    }

    private static bool AsksType(Node node) => node is VariableNode { Name: "type" } || Children.Of(node).Any(AsksType);

    /// <summary>A text as a condition is true whenever it is not empty: also the text <c>false</c>.</summary>
    private void Truth(Node node, StaticType type)
    {
        if (type is { IsKnown: true, Present: TypeKinds.Text } && SaysTruth(type.Shape)) _text.Report(Severity.Warning, "MAP227", node, ("found", _text.Source(node)));
    }

    private static bool SaysTruth(ContractShape? shape) =>
        shape is { Format: ContractFormat.Boolean } || (shape?.Enum is { } values && values.Names.Contains("false"));
}
