using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Expressions.Syntax;
using Mappings.Mapping.Running;

namespace Mappings.Mapping.Checking;

/// <summary>Operators: what they take, and what cannot come out as it was meant.</summary>
internal sealed partial class TypeInference
{
    private StaticType Binary(BinaryNode node, TypeContext context)
    {
        if (node.Operator == "~>") return Apply(node, context);
        var left = Visit(node.Left, context);
        var right = node.Operator is "and" or "or" ? Guarded(node.Left, node.Right, context) : Visit(node.Right, context);
        switch (node.Operator)
        {
            case "+" or "-" or "*" or "/" or "%":
                Number(node.Left, left, "T2001", node.Operator);
                Number(node.Right, right, "T2002", node.Operator);
                return StaticType.Of(TypeKinds.Number);
            case "&":
                return StaticType.Of(TypeKinds.Text);
            case "<" or "<=" or ">" or ">=":
                Order(node, left, right);
                return StaticType.Of(TypeKinds.Boolean | ((left.Kinds | right.Kinds) & TypeKinds.Missing));
            case "=" or "!=":
                Equal(node, left, right);
                return StaticType.Of(TypeKinds.Boolean);
            case "and" or "or":
                Truth(node.Left, left);
                Truth(node.Right, right);
                return StaticType.Of(TypeKinds.Boolean);
            default:
                return StaticType.Of(TypeKinds.Boolean);
        }
    }

    private StaticType Negate(NegateNode node, TypeContext context)
    {
        Number(node.Operand, Visit(node.Operand, context), "T2002", "-");
        return StaticType.Of(TypeKinds.Number);
    }

    private StaticType Range(RangeNode node, TypeContext context)
    {
        var from = Visit(node.From, context);
        var to = Visit(node.To, context);
        if (Never(from, TypeKinds.Number)) _text.Report(Certain, "T2003", node.From, ("value", Typed(node.From, from)));
        if (Never(to, TypeKinds.Number)) _text.Report(Certain, "T2004", node.To, ("value", Typed(node.To, to)));
        return StaticType.Of(TypeKinds.Number | TypeKinds.Missing) with { IsMany = true, IsFiltered = true };
    }

    private void Number(Node node, StaticType type, string code, string op)
    {
        if (Never(type, TypeKinds.Number))
            _text.Report(Certain, code, node, ("operand", _text.Source(node)), ("operator", op), ("value", TypeWords.Of(type.Present)));
        else if (type is { IsKnown: true, IsMany: true, IsFiltered: false, Kinds: var kinds } && (kinds & TypeKinds.Array) == 0) Many(node);
    }

    private void Many(Node node) => _text.Report(Severity.Warning, "MAP230", node, ("found", _text.Source(node)));

    private void Order(BinaryNode node, StaticType left, StaticType right)
    {
        const TypeKinds Ordered = TypeKinds.Number | TypeKinds.Text;
        foreach (var (part, type) in new[] { (node.Left, left), (node.Right, right) })
        {
            if (!Never(type, Ordered)) continue;
            _text.Report(Certain, "T2010", part, ("operand", _text.Source(part)), ("operator", node.Operator), ("value", TypeWords.Of(type.Present)));
            return;
        }

        if (!left.IsKnown || !right.IsKnown) return;
        if (left.Present is TypeKinds.Number or TypeKinds.Text && right.Present is TypeKinds.Number or TypeKinds.Text && left.Present != right.Present)
            _text.Report(Certain, "T2009", node, ("operator", node.Operator), ("other", Typed(node.Left, left)), ("value", Typed(node.Right, right)));
        else if (left.Present == TypeKinds.Text && right.Present == TypeKinds.Text && (IsNumeric(left) || IsNumeric(right)))
            _text.Report(Severity.Warning, "MAP224", node, ("found", _text.Source(IsNumeric(left) ? node.Left : node.Right)), ("operator", node.Operator));
    }

    private void Equal(BinaryNode node, StaticType left, StaticType right)
    {
        foreach (var (part, type) in new[] { (node.Left, left), (node.Right, right) })
        {
            if (node.Operator == "!=" && _conditions > 0 && type is { MayBeMissing: true, Optional: not null })
                _text.Report(Severity.Warning, "MAP232", node, ("found", _text.Source(part)), ("condition", _text.Source(node)));
        }

        if (!left.IsKnown || !right.IsKnown || left.Present == TypeKinds.None || right.Present == TypeKinds.None) return;
        if ((left.Present & right.Present) == 0)
        {
            if ((left.Present | right.Present) is var both && (both & (TypeKinds.Null | TypeKinds.Array)) == 0 && !left.IsMany && !right.IsMany)
                _text.Report(Severity.Warning, "MAP225", node, ("left", Typed(node.Left, left)), ("right", Typed(node.Right, right)));
            return;
        }

        Listed(node.Left, left, node.Right);
        Listed(node.Right, right, node.Left);
    }

    /// <summary>A value of a fixed set is compared with one that is not in it.</summary>
    private void Listed(Node node, StaticType type, Node other)
    {
        if (type.Shape?.Enum is not { } values || type.Present != TypeKinds.Text || other is not ConstantNode { Value: { IsText: true } constant } || values.Names.Contains(constant.AsText()!)) return;
        _text.Report(
            Certain, "MAP226", other, ("found", _text.Source(node)), ("value", constant.AsText()!), ("known", ValueRule.Listed(values.Names)), ("hint", NameSuggestion.Hint(NameSuggestion.Closest(constant.AsText()!, values.Names))));
    }

    /// <summary>A value, whenever there is one, is of no such kind.</summary>
    private static bool Never(StaticType type, TypeKinds wanted) =>
        type.IsKnown && type.Present != TypeKinds.None && (type.Present & (wanted | TypeKinds.Null)) == 0 && (type.Present & TypeKinds.Array) == 0;

    private static bool IsNumeric(StaticType type) => type.Shape is { Format: ContractFormat.Integer or ContractFormat.Decimal };

    private string Typed(Node node, StaticType type) => DiagnosticTexts.Catalog.Render("word.typed", ("found", _text.Source(node)), ("kind", TypeWords.Of(type.Present)));
}
