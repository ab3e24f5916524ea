using Mappings.Diagnostics;
using Mappings.Expressions.Binding;
using Mappings.Expressions.Syntax;

namespace Mappings.Mapping.Checking;

/// <summary>
/// Walks one expression with types in place of values: what each part can be, what it reads, and what cannot be right
/// whatever the record holds.
/// </summary>
internal sealed partial class TypeInference
{
    private readonly ExpressionText _text;
    private readonly SourceNames _names;
    private readonly List<Read> _reads;
    private TypeScope _scope;

    /// <summary>How many loops stand around the part that is looked at.</summary>
    private int _loops;

    /// <summary>Above 0 inside a condition, where a missing value decides silently.</summary>
    private int _conditions;

    /// <summary>Above 0 behind a test of a value's type.</summary>
    private int _guards;

    /// <summary>What the body of the function that was looked at last gives.</summary>
    private StaticType _body = StaticType.Unknown;

    /// <param name="scope">The mapping's variables.</param>
    /// <param name="names">Says what a misspelt name was meant to be.</param>
    /// <param name="loops">1 inside a list of the target, else 0.</param>
    /// <param name="reads">Receives what is read.</param>
    public TypeInference(ExpressionText text, TypeScope scope, SourceNames names, int loops, List<Read> reads)
    {
        _text = text;
        _scope = new TypeScope(scope);
        _names = names;
        _loops = loops;
        _reads = reads;
    }

    /// <summary>The expression decides about the record: a missing value in it decides silently.</summary>
    public bool IsCondition { get; init; }

    public StaticType Infer(TypeContext context)
    {
        _conditions = IsCondition ? 1 : 0;
        var type = Visit(_text.Tree, context);
        if (IsCondition && type is { MayBeMissing: true }) _text.Report(Severity.Warning, "MAP232", _text.Tree, ("found", _text.Source(_text.Tree)), ("condition", _text.Text.Trim()));
        return type;
    }

    private StaticType Visit(Node node, TypeContext context)
    {
        var type = Core(node, context);
        if (node.Predicates is { } stages) type = Stages(stages, type, new TypeContext(type.Item(), null));
        if (node.KeepArray) type = type with { IsFiltered = true };
        if (node.Group is null) return type;
        var inner = new TypeContext(type.Item() with { IsMany = false }, null);
        _loops++;
        foreach (var (key, value) in node.Group.Pairs)
        {
            Visit(key, inner);

            // The values of a group see all items of one key, one or many.
            Visit(value, new TypeContext(StaticType.Unknown with { Path = type.Path }, null));
        }

        _loops--;
        return StaticType.Of(TypeKinds.Object) with { IsKnown = false };
    }

    private StaticType Core(Node node, TypeContext context) => node switch
    {
        ConstantNode constant => Constant(constant),
        VariableNode variable => Variable(variable, context),
        PathNode path => Path(path, context),
        NameNode or WildcardNode or DescendantNode or ParentNode => Step(node, context).Type,
        BinaryNode binary => Binary(binary, context),
        CallNode call => Call(call, context),
        ConditionNode condition => Condition(condition, context),
        BlockNode block => Block(block, context),
        NegateNode negate => Negate(negate, context),
        ArrayNode array => Array(array, context),
        ObjectNode o => Object(o, context),
        BindNode bind => Bind(bind, context),
        RangeNode range => Range(range, context),
        RegexNode => StaticType.Of(TypeKinds.Function),
        LambdaNode lambda => Lambda(lambda, context, []),
        TransformNode transform => Transform(transform, context),
        _ => Unknown(node, context),
    };

    private StaticType Unknown(Node node, TypeContext context)
    {
        foreach (var child in Children.Of(node)) Visit(child, context);
        return StaticType.Unknown;
    }

    private static StaticType Constant(ConstantNode node)
    {
        if (node.Value.IsText) return StaticType.Of(TypeKinds.Text);
        if (node.Value.IsNumber) return StaticType.Of(TypeKinds.Number);
        return StaticType.Of(node.Value.IsBoolean ? TypeKinds.Boolean : TypeKinds.Null);
    }

    private StaticType Variable(VariableNode node, TypeContext context)
    {
        if (node.Name.Length == 0) return context.Type with { IsMany = false };
        if (node.Name == "$") return _names.Document with { IsOuter = _loops > 0 };
        if (_scope.Find(node.Name) is not { } type) return Mappings.Expressions.Functions.Library.Find(node.Name) is null ? StaticType.Unknown : StaticType.Of(TypeKinds.Function);
        if (!_scope.IsOutside(node.Name)) return type;
        if (node.Name is not ("source" or "target" or "index")) _reads.Add(new Read(ReadKind.Variable, node.Name));
        return type with { IsOuter = true };
    }

    private StaticType Block(BlockNode node, TypeContext context)
    {
        var outer = _scope;
        _scope = new TypeScope(outer);
        var type = StaticType.Of(TypeKinds.Missing);
        foreach (var part in node.Expressions) type = Visit(part, context);
        _scope = outer;
        return type;
    }

    private StaticType Bind(BindNode node, TypeContext context)
    {
        // A function may call itself by the name it gets.
        _scope.Set(node.Name, StaticType.Unknown);
        var type = Visit(node.Value, context);
        _scope.Set(node.Name, type);
        return type;
    }

    private StaticType Lambda(LambdaNode node, TypeContext context, ReadOnlySpan<StaticType> arguments)
    {
        var outer = _scope;
        _scope = new TypeScope(outer);
        for (var i = 0; i < node.Parameters.Count; i++) _scope.Set(node.Parameters[i], i < arguments.Length ? arguments[i] : StaticType.Unknown);
        _body = Visit(node.Body, context);
        _scope = outer;
        return StaticType.Of(TypeKinds.Function);
    }

    private StaticType Array(ArrayNode node, TypeContext context)
    {
        StaticType? element = null;
        foreach (var item in node.Items)
        {
            var type = Visit(item, context).Item() with { IsMany = false };
            element = element is null ? type : element.Or(type);
        }

        return StaticType.Of(TypeKinds.Array) with { Element = element is { IsKnown: true } known ? known with { Kinds = known.Present } : null };
    }

    private StaticType Object(ObjectNode node, TypeContext context)
    {
        foreach (var (key, value) in node.Pairs)
        {
            Visit(key, context);
            Visit(value, context);
        }

        return StaticType.Of(TypeKinds.Object);
    }

    private StaticType Transform(TransformNode node, TypeContext context)
    {
        foreach (var child in Children.Of(node)) Visit(child, context with { Type = StaticType.Unknown });
        return StaticType.Of(TypeKinds.Function);
    }
}
