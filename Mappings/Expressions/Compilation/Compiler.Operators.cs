using Mappings.Expressions.Functions;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Compilation;

/// <summary>Operators.</summary>
internal sealed partial class Compiler
{
    private Eval Binary(BinaryNode node)
    {
        if (node.Operator == "&") return Concatenation(node);
        if (node.Operator == "~>") return Chain(node);
        var site = new OperatorSite(node.Operator, node.Left.Span, node.Right.Span, node.Span);
        var left = Node(node.Left);
        if (Takes(Shortcuts.TextEquality) && node.Operator is "=" or "!=" && node.Right is ConstantNode { Value: { IsText: true } text, Predicates: null })
        {
            return Operators.EqualsText(left, text.AsText()!, node.Operator == "=");
        }

        if (Takes(Shortcuts.BooleanEquality) && node.Operator is "=" or "!=" && node.Right is ConstantNode { Value: { IsBoolean: true } boolean, Predicates: null })
        {
            return Operators.EqualsBoolean(left, boolean.IsTrue, node.Operator == "=");
        }

        var right = Node(node.Right);
        return node.Operator switch
        {
            "+" => Operators.Number<AddOperator>(left, right, site, Takes(Shortcuts.Registers)),
            "-" => Operators.Number<SubtractOperator>(left, right, site, Takes(Shortcuts.Registers)),
            "*" => Operators.Number<MultiplyOperator>(left, right, site, Takes(Shortcuts.Registers)),
            "/" => Operators.Number<DivideOperator>(left, right, site, Takes(Shortcuts.Registers)),
            "%" => Operators.Number<RemainderOperator>(left, right, site, Takes(Shortcuts.Registers)),
            "=" or "!=" => Operators.Equality(left, right, node.Operator == "="),
            "<" or "<=" or ">" or ">=" => Operators.Order(left, right, site),
            "and" => Operators.And(left, right),
            "or" => Operators.Or(left, right),
            "in" => Operators.In(left, right),
            _ => throw new InvalidOperationException($"{node.Operator} is no operator."),
        };
    }

    private Eval Negate(NegateNode node) =>
        Operators.Negate(Node(node.Operand), new OperatorSite("-", node.Span, node.Operand.Span, node.Span));

    /// <summary><c>a &amp; b &amp; c</c> as one step, so that no text in between is made.</summary>
    private Eval Concatenation(BinaryNode node)
    {
        var nodes = new List<Node>();
        Node current = node;
        while (current is BinaryNode { Operator: "&", Predicates: null, Group: null, KeepArray: false } binary && (nodes.Count == 0 || Takes(Shortcuts.Concatenations)))
        {
            nodes.Insert(0, binary.Right);
            current = binary.Left;
        }

        nodes.Insert(0, current);
        var parts = nodes.ConvertAll(n => Node(n)).ToArray();
        var spans = nodes.ConvertAll(n => n.Span).ToArray();
        return (ref Frame f, in Value ctx) =>
        {
            var inline = new Arguments4();
            Span<Value> texts = parts.Length <= 4 ? inline : new Value[parts.Length];
            long length = 0;
            for (var i = 0; i < parts.Length; i++)
            {
                var value = parts[i](ref f, ctx);
                if (f.Unit.Strict && (value.IsMissing || value.IsNull))
                {
                    Errors.Throw(f, spans[i], value.IsNull ? "DAT381" : "DAT380", value, ("operand", f.Unit.Text[spans[i].Start..spans[i].End]), ("operator", "&"));
                }

                f.At = spans[i];
                texts[i] = value.IsText ? value : Value.FromText(value.IsMissing ? string.Empty : Stringify.ToText(ref f, value));
                length += Texts.Length(texts[i]);
            }

            f.At = new TextSpan(spans[0].Start, spans[^1].End);
            f.Text(length);
            return Value.FromText(Texts.Concat(texts[..parts.Length], (int)length));
        };
    }

    private Eval Regex(RegexNode node)
    {
        var pattern = RegexDialect.Compile(node.Pattern, node.Flags, out var reason);
        if (pattern is not null) return Constant(new RegexFunction(pattern).AsValue());
        Report("S0303", node.Span, ("reason", reason));
        return Constant(default);
    }

    private Eval Transform(TransformNode node)
    {
        var code = new TransformCode(Node(node.Pattern), Node(node.Update), node.Delete is null ? null : Node(node.Delete), node.Update.Span, (node.Delete ?? node).Span);
        return (ref Frame f, in Value _) => new TransformFunction(code, f.Unit, f.Activation, f.Root).AsValue();
    }
}
