using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Syntax;

/// <summary>A Pratt parser with JSONata's binding powers. Paths are put together while parsing; there is no second pass over the tree.</summary>
internal sealed partial class Parser
{
    private const int MaxNesting = 200;

    // Operators build a tree that is deep to the left without nesting the parser; its depth is bounded by their number.
    private const int MaxOperators = 1000;

    /// <summary>Operators that can begin a value; the words among them are then names.</summary>
    private static readonly HashSet<string> Beginnings = ["and", "or", "in", "*", "**", "%", "-", "(", "[", "{", "|"];

    private readonly string _text;
    private readonly Lexer _lexer;

    /// <summary>Offsets of the brackets that are open, the innermost on top.</summary>
    private readonly Stack<int> _opened = new();
    private Token _token;
    private int _nesting;
    private int _operators;

    /// <summary>The first part that is well formed but stands where it may not: what is not well formed at all is told first.</summary>
    private SyntaxException? _misplaced;
    private int _lambdas;

    private Parser(string text)
    {
        _text = text;
        _lexer = new Lexer(text);
        Advance(prefix: true);
    }

    /// <exception cref="SyntaxException">The text is no JSONata.</exception>
    public static Node Parse(string text)
    {
        var parser = new Parser(text);
        var node = parser.Expression(0);
        if (parser._token.Kind != TokenKind.End) throw parser.Unexpected("S0201");
        return parser._misplaced is null ? node : throw parser._misplaced;
    }

    private static int BindingPower(in Token token)
    {
        if (token.Kind != TokenKind.Operator) return 0;
        return token.Text switch
        {
            "[" or "(" or "@" or "#" => 80,
            "." => 75,
            "{" => 70,
            "*" or "/" or "%" => 60,
            "+" or "-" or "&" => 50,
            "=" or "!=" or "<" or "<=" or ">" or ">=" or "^" or "~>" or "in" or "?:" or "??" => 40,
            "and" => 30,
            "or" => 25,
            "?" => 20,
            ":=" => 10,
            _ => 0,
        };
    }

    private void Advance(bool prefix)
    {
        if (_token is { Kind: TokenKind.Operator, Text: "(" or "[" or "{" }) _opened.Push(_token.Start);
        else if (_token is { Kind: TokenKind.Operator, Text: ")" or "]" or "}" }) _opened.TryPop(out _);
        _token = _lexer.Next(prefix);
    }

    /// <summary>Told behind the last character that is no white space: the end of a block is on a line of its own.</summary>
    private SyntaxException Unclosed(string closing) =>
        new("S0203", _text.AsSpan().TrimEnd().Length, _text.AsSpan().TrimEnd().Length, ("value", closing)) { Opened = _opened.TryPeek(out var at) ? at : null };

    private void Expect(string symbol, bool prefix)
    {
        if (!_token.Is(symbol))
        {
            throw _token.Kind == TokenKind.End
                ? Unclosed(symbol)
                : new SyntaxException("S0202", _token.Start, _token.End, ("value", symbol), ("token", _token.Shown));
        }

        Advance(prefix);
    }

    private SyntaxException Unexpected(string code) => new(code, _token.Start, _token.End, ("token", _token.Shown));

    private SyntaxException TooLarge(int limit) =>
        new("LIM503", _token.Start, _token.End, ("limit", limit.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private Node Expression(int rightPower)
    {
        if (++_nesting > MaxNesting) throw TooLarge(MaxNesting);
        var token = _token;

        if (token.Kind == TokenKind.Operator && !Beginnings.Contains(token.Text))
        {
            // As in jsonata-js, what is no word of the language at all is told before a word at the wrong place.
            var misplaced = Unexpected("S0211");
            Advance(prefix: false);
            throw misplaced;
        }

        Advance(prefix: token.Kind == TokenKind.Operator && token.Text is not ("*" or "**" or "%" or "and" or "or" or "in"));
        var left = Prefix(token);
        while (rightPower < BindingPower(_token))
        {
            var op = _token;
            if (op.Text != "." && ++_operators > MaxOperators) throw TooLarge(MaxOperators);
            Advance(prefix: true);
            left = Infix(op, left);
        }

        _nesting--;
        return left;
    }

    /// <summary>An operand inside brackets: at the end of the text it is the closing one that is missed.</summary>
    private Node Inner(string closing) =>
        _token.Kind == TokenKind.End ? throw Unclosed(closing) : Expression(0);

    private Node Prefix(in Token token)
    {
        switch (token.Kind)
        {
            case TokenKind.Name: return new PathNode(new NameNode(token.Text, token.Start, token.End));
            case TokenKind.Variable: return new VariableNode(token.Text, token.Start, token.End);
            case TokenKind.Text: return new ConstantNode(Value.FromText(token.Text), token.Start, token.End);
            case TokenKind.Number: return new ConstantNode(Numbers.Parse(token.Text), token.Start, token.End);
            case TokenKind.True or TokenKind.False: return new ConstantNode(Value.FromBoolean(token.Kind == TokenKind.True), token.Start, token.End);
            case TokenKind.Null: return new ConstantNode(Value.Null, token.Start, token.End);
            case TokenKind.Regex: return new RegexNode(token.Text, token.Flags, token.Start, token.End);
            case TokenKind.End:
                // A bracket that is still open is told first.
                _misplaced ??= new SyntaxException("S0207", token.Start, token.End);
                return new ConstantNode(default, token.Start, token.End);
        }

        switch (token.Text)
        {
            case "and" or "or" or "in": return new PathNode(new NameNode(token.Text, token.Start, token.End));
            case "*": return new WildcardNode(token.Start, token.End);
            case "**": return new DescendantNode(token.Start, token.End);
            case "%": return new PathNode(new ParentNode(token.Start, token.End));
            case "-": return Negate(token);
            case "(": return Block(token);
            case "[": return ArrayConstructor(token);
            case "{": return ObjectConstructor(token);
            default: return Transform(token);
        }
    }

    private Node Infix(in Token op, Node left)
    {
        switch (op.Text)
        {
            case ".": return Dot(left, Expression(75));
            case "[": return Filter(op, left);
            case "(": return Call(op, left);
            case "{": return GroupBy(op, left);
            case "^": return Sort(op, left);
            case "@": return Focus(op, left);
            case "#": return Position(op, left);
            case "?": return Ternary(left);
            case "?:": return new ConditionNode(left, left, Expression(0), ConditionKind.Default);
            case "??": return new ConditionNode(left, left, Expression(0), ConditionKind.Coalesce);
            case ":=":
                if (left is not VariableNode variable) throw new SyntaxException("S0212", left.Start, left.End, ("token", Source(left)));
                return new BindNode(variable.Name, Expression(9), left.Start);
            default:
                var right = Expression(BindingPower(op));
                return new BinaryNode(op.Text, left, right) { OperatorSpan = new TextSpan(op.Start, op.End) };
        }
    }

    private string Source(Node node) => _text[node.Start..node.End];

    private Node Negate(in Token token)
    {
        var operand = Expression(70);
        if (operand is ConstantNode { Value.IsNumber: true, Predicates: null } number)
        {
            return new ConstantNode(Numbers.Negate(number.Value), token.Start, number.End);
        }

        return new NegateNode(operand, token.Start);
    }

    private ConditionNode Ternary(Node condition)
    {
        var then = Expression(0);
        if (!_token.Is(":")) return new ConditionNode(condition, then, null, ConditionKind.Ternary);
        Advance(prefix: true);
        return new ConditionNode(condition, then, Expression(0), ConditionKind.Ternary);
    }

    private BlockNode Block(in Token token)
    {
        var lambdas = _lambdas;
        var expressions = new List<Node>();
        while (!_token.Is(")"))
        {
            expressions.Add(Inner(")"));
            if (!_token.Is(";")) break;
            Advance(prefix: true);
        }

        var end = _token.End;
        Expect(")", prefix: false);
        return new BlockNode(expressions, token.Start, end, _lambdas > lambdas);
    }

    private ArrayNode ArrayConstructor(in Token token)
    {
        var items = new List<Node>();
        if (!_token.Is("]"))
        {
            while (true)
            {
                var item = Inner("]");
                if (_token.Is(".."))
                {
                    Advance(prefix: true);
                    item = new RangeNode(item, Inner("]"));
                }

                items.Add(item);
                if (!_token.Is(",")) break;
                Advance(prefix: true);
            }
        }

        var end = _token.End;
        Expect("]", prefix: false);
        return new ArrayNode(items, token.Start, end);
    }

    private ObjectNode ObjectConstructor(in Token token)
    {
        var pairs = new List<(Node Key, Node Value)>();
        if (!_token.Is("}"))
        {
            while (true)
            {
                var key = Inner("}");
                Expect(":", prefix: true);
                pairs.Add((key, Inner("}")));
                if (!_token.Is(",")) break;
                Advance(prefix: true);
            }
        }

        var end = _token.End;
        Expect("}", prefix: false);
        return new ObjectNode(pairs, token.Start, end);
    }

    private TransformNode Transform(in Token token)
    {
        _lambdas++;
        var pattern = Inner("|");
        Expect("|", prefix: true);
        var update = Inner("|");
        Node? delete = null;
        if (_token.Is(","))
        {
            Advance(prefix: true);
            delete = Inner("|");
        }

        var end = _token.End;
        Expect("|", prefix: false);
        return new TransformNode(pattern, update, delete, token.Start, end);
    }
}
