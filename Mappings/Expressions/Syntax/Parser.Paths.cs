using System.Globalization;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Syntax;

/// <summary>Paths, steps and calls.</summary>
internal sealed partial class Parser
{
    private PathNode Dot(Node left, Node right)
    {
        var path = left as PathNode ?? new PathNode(left);

        // Steps are looked through once for each dot, and so are the source's paths later.
        if (path.Steps.Count > MaxOperators) throw TooLarge(MaxOperators);
        if (right is PathNode rest) path.Steps.AddRange(rest.Steps);
        else
        {
            right.Stages = right.Predicates;
            right.Predicates = null;
            path.Steps.Add(right);
        }

        for (var i = 0; i < path.Steps.Count; i++)
        {
            if (path.Steps[i] is not ConstantNode constant) continue;
            if (!constant.Value.IsText)
            {
                _misplaced ??= new SyntaxException("S0213", constant.Start, constant.End, ("value", constant.Value.AsText()!));
            }

            path.Steps[i] = new NameNode(constant.Value.AsText()!, constant.Start, constant.End)
            {
                Stages = constant.Stages ?? constant.Predicates, KeepArray = constant.KeepArray,
            };
        }

        path.KeepSingletonArray |= path.Steps.Exists(s => s.KeepArray);
        if (path.Steps[0] is ArrayNode first) first.ConsArray = true;
        if (path.Steps[^1] is ArrayNode last) last.ConsArray = true;
        path.End = right.End;
        return path;
    }

    /// <summary>The node a filter or binding is attached to: a path's last step, or the expression itself.</summary>
    private static Node LastStep(Node node) => node is PathNode path ? path.Steps[^1] : node;

    private Node Filter(in Token op, Node left)
    {
        if (_token.Is("]"))
        {
            var step = LastStep(left);
            if (left is PathNode { Group: not null } || step is SortNode) left.KeepArray = true;
            else
            {
                step.KeepArray = true;
                if (left is PathNode kept) kept.KeepSingletonArray = true;
            }

            left.End = _token.End;
            Advance(prefix: false);
            return left;
        }

        var filter = Inner("]");
        var end = _token.End;
        Expect("]", prefix: false);
        var target = LastStep(left);

        // Behind a path's { … } it is a filter of the last step: it works before the grouping.
        if (left is not PathNode && left.Group is not null) _misplaced ??= new SyntaxException("S0209", op.Start, end);
        var stage = new Stage(filter, null, new TextSpan(op.Start, end));
        if (left is PathNode) (target.Stages ??= []).Add(stage);
        else (target.Predicates ??= []).Add(stage);
        left.End = end;
        return left;
    }

    private Node GroupBy(in Token op, Node left)
    {
        var group = ObjectConstructor(op);
        if (left.Group is not null) _misplaced ??= new SyntaxException("S0210", op.Start, group.End);
        left.Group = group;
        left.End = group.End;
        return left;
    }

    private PathNode Sort(in Token op, Node left)
    {
        Expect("(", prefix: true);
        var terms = new List<(Node Expression, bool Descending)>();
        while (true)
        {
            var descending = _token.Is(">");
            if (descending || _token.Is("<")) Advance(prefix: true);
            terms.Add((Inner(")"), descending));
            if (!_token.Is(",")) break;
            Advance(prefix: true);
        }

        var end = _token.End;
        Expect(")", prefix: false);
        var path = left as PathNode ?? new PathNode(left);
        path.Steps.Add(new SortNode(terms, op.Start, end));
        path.End = end;
        return path;
    }

    private PathNode Focus(in Token op, Node left)
    {
        var name = BoundVariable(op);
        var path = left as PathNode ?? new PathNode(left);
        var step = path.Steps[^1];
        if (step.Stages is not null || step.Predicates is not null) _misplaced ??= new SyntaxException("S0215", op.Start, op.End);
        if (step is SortNode) _misplaced ??= new SyntaxException("S0216", op.Start, op.End);
        step.Focus = name;
        return path;
    }

    private PathNode Position(in Token op, Node left)
    {
        var name = BoundVariable(op);
        var path = left as PathNode ?? new PathNode(left);
        var step = path.Steps[^1];
        if (ReferenceEquals(step, left) && step.Predicates is not null)
        {
            step.Stages = step.Predicates;
            step.Predicates = null;
        }

        if (step.Stages is null) step.Index = name;
        else step.Stages.Add(new Stage(null, name, new TextSpan(op.Start, op.End)));
        return path;
    }

    private string BoundVariable(in Token op)
    {
        if (_token.Kind == TokenKind.End) throw new SyntaxException("S0214", op.Start, op.End, ("token", op.Text));
        var node = Expression(80);
        if (node is not VariableNode variable) throw new SyntaxException("S0214", node.Start, node.End, ("token", op.Text));
        return variable.Name;
    }

    private Node Call(in Token op, Node left)
    {
        var isLambda = left is PathNode { Steps: [NameNode { Name: "function" or "λ" }], Group: null, KeepArray: false };
        var arguments = new List<Node>();
        if (!_token.Is(")"))
        {
            while (true)
            {
                if (_token.Is("?"))
                {
                    arguments.Add(new PlaceholderNode(_token.Start, _token.End));
                    Advance(prefix: true);
                }
                else arguments.Add(Inner(")"));
                if (!_token.Is(",")) break;
                Advance(prefix: true);
            }
        }

        var end = _token.End;
        Expect(")", prefix: false);
        return isLambda ? Lambda(left.Start, arguments) : new CallNode(left, arguments, end);
    }

    private LambdaNode Lambda(int start, List<Node> arguments)
    {
        var parameters = new List<string>(arguments.Count);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is not VariableNode { Predicates: null, Group: null, KeepArray: false } parameter)
            {
                throw new SyntaxException("S0208", arguments[i].Start, arguments[i].End, ("token", Source(arguments[i])), ("value", (i + 1).ToString(CultureInfo.InvariantCulture)));
            }

            parameters.Add(parameter.Name);
        }

        _lambdas++;
        var signature = _token.Is("<") ? TypesOf() : null;
        Expect("{", prefix: true);
        var body = Inner("}");
        var end = _token.End;
        Expect("}", prefix: false);
        return new LambdaNode(parameters, body, signature, start, end);
    }

    /// <summary>The types between a lambda's parameters and its body; what is wrong in them is told before what stands behind them.</summary>
    private WrittenSignature TypesOf()
    {
        var start = _token.Start;
        var depth = 0;
        for (var at = start; at < _text.Length; at++)
        {
            if (_text[at] == '{') throw new SyntaxException("S0202", at, at + 1, ("value", ">"), ("token", "{"));
            if (_text[at] == '<') depth++;
            else if (_text[at] == '>' && --depth == 0)
            {
                var text = string.Concat(_text.AsSpan(start, at + 1 - start).ToString().Where(c => !char.IsWhiteSpace(c)));
                var types = Signature.Parse(text, out var error) ?? throw new SyntaxException(error, start, at + 1, ("value", text));
                _lexer.Position = at + 1;
                Advance(prefix: false);
                return new WrittenSignature(types, text, new TextSpan(start, at + 1));
            }
        }

        throw new SyntaxException("S0203", start, _text.Length, ("value", ">"));
    }
}
