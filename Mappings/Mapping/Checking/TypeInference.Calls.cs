using Mappings.Diagnostics;
using Mappings.Expressions.Functions;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;
using Mappings.Mapping.Running;

namespace Mappings.Mapping.Checking;

/// <summary>Calls of the library, of functions of the expression, and of <c>$table</c>.</summary>
internal sealed partial class TypeInference
{
    /// <summary>Functions that have a result whatever the argument.</summary>
    private static readonly HashSet<string> Total = ["count", "exists", "now", "millis", "random", "append", "merge", "not"];

    /// <summary>Functions whose result is part of what they are given.</summary>
    private static readonly HashSet<string> Passing = ["filter", "sort", "reverse", "distinct", "shuffle", "single", "append"];

    private StaticType Call(CallNode node, TypeContext context) => Call(node, null, null, context);

    /// <summary><c>x ~> $f(y)</c> is <c>$f(x, y)</c>.</summary>
    private StaticType Apply(BinaryNode node, TypeContext context)
    {
        var left = Visit(node.Left, context);
        if (node.Right is CallNode { IsPartial: false } call) return Call(call, node.Left, left, context);
        if (node.Right is VariableNode { Name: var name } && !Is(name)) return Result(name, [left]);
        Visit(node.Right, context);
        return StaticType.Unknown;
    }

    private bool Is(string name) => _scope.Find(name) is not null;

    private StaticType Call(CallNode node, Node? first, StaticType? firstType, TypeContext context)
    {
        var nodes = first is null ? node.Arguments : [first, .. node.Arguments];
        var name = node.Procedure is VariableNode { Predicates: null, Name: var given } && !Is(given) ? given : null;
        if (name is null) Visit(node.Procedure, context);
        var types = new StaticType[nodes.Count];
        for (var i = 0; i < nodes.Count; i++) types[i] = i == 0 && firstType is not null ? firstType : nodes[i] is LambdaNode or PlaceholderNode ? StaticType.Of(TypeKinds.Function) : Visit(nodes[i], context);
        if (name == TableFunction.Name)
        {
            if (nodes is [ConstantNode { Value: { IsText: true } table }, ..]) _reads.Add(new Read(ReadKind.Table, table.AsText()!));
            return StaticType.Unknown;
        }

        var function = name is null ? null : Library.Find(name);
        _body = StaticType.Unknown;
        for (var i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] is LambdaNode lambda) Inline(name, lambda, types, context);
        }

        if (function is null || node.IsPartial) return StaticType.Unknown;
        if (!function.IsDeterministic) _reads.Add(new Read(ReadKind.Function, name!));
        if (name is "boolean" or "not" && nodes.Count == 1 && types[0] is { IsKnown: true, Present: TypeKinds.Text }) _text.Report(Severity.Warning, "MAP227", nodes[0], ("found", _text.Source(nodes[0])));
        Arguments(function, nodes, types);
        return name is "map" ? Mapped(types) : Result(name!, types);
    }

    /// <summary>The functions of lists hand their elements on; other functions say nothing of what they pass.</summary>
    private void Inline(string? name, LambdaNode lambda, StaticType[] types, TypeContext context)
    {
        var item = types[0].Item().Existing() with { IsOuter = false };
        ReadOnlySpan<StaticType> passed = name switch
        {
            "map" or "filter" or "single" => [item, StaticType.Of(TypeKinds.Number), types[0]],
            "reduce" => [StaticType.Unknown, item, StaticType.Of(TypeKinds.Number), types[0]],
            "sort" => [item, item],
            _ => [],
        };
        _loops++;
        Lambda(lambda, context, passed);
        _loops--;
    }

    private StaticType Mapped(StaticType[] types) =>
        types.Length > 1 && _body.IsKnown ? _body with { IsMany = true, Path = null, Kinds = _body.Kinds | (types[0].Kinds & TypeKinds.Missing) } : StaticType.Unknown;

    private static StaticType Result(string name, StaticType[] types)
    {
        if (Library.Find(name) is not { } function) return StaticType.Unknown;
        var first = types.Length > 0 ? types[0] : StaticType.Unknown;
        if (Passing.Contains(name))
        {
            if (name == "append" || !first.IsKnown) return StaticType.Unknown with { Path = first.Path };
            return name switch
            {
                "single" => first.Item() with { IsMany = false },
                "filter" => first with { Kinds = first.Kinds | TypeKinds.Missing, IsFiltered = true },
                _ => first,
            };
        }

        var kinds = function.Result switch
        {
            's' => TypeKinds.Text,
            'n' => TypeKinds.Number,
            'b' => TypeKinds.Boolean,
            'o' => TypeKinds.Object,
            _ => TypeKinds.None,
        };
        if (kinds is TypeKinds.None or TypeKinds.Object) return StaticType.Unknown;
        if (Total.Contains(name)) return StaticType.Of(kinds);
        var optional = first is { MayBeMissing: true, IsMany: false } ? first : null;
        return StaticType.Of(optional is null ? kinds : kinds | TypeKinds.Missing) with { Optional = optional?.Optional, OptionalPath = optional?.OptionalPath ?? string.Empty };
    }

    /// <summary>Arguments that no value of their type fits. Judged only where each argument surely belongs to the parameter at its place.</summary>
    private void Arguments(Builtin function, List<Node> nodes, StaticType[] types)
    {
        var parameters = function.Signature.Parameters;
        if (nodes.Count > parameters.Count || nodes.Count == 0) return;
        for (var i = nodes.Count; i < parameters.Count; i++)
        {
            if (!parameters[i].IsOptional || parameters[i].TakesContext) return;
        }

        if (nodes.Count < parameters.Count && parameters[0].TakesContext && !Fits(types[0], parameters[0].Types)) return;
        for (var i = 0; i < nodes.Count; i++)
        {
            var parameter = parameters[i];
            if (parameter.Repeats) return;
            if (parameter.IsArray) Elements(function, parameter, nodes[i], types[i], i);
            else if (!Fits(types[i], parameter.Types)) Wrong("T0410", function, nodes[i], types[i].Present, parameter.Describe(), i);
            else if (types[i] is { IsKnown: true, IsMany: true, IsFiltered: false } && (parameter.Types & SignatureTypes.Array) == 0) Many(nodes[i]);
        }
    }

    private void Elements(Builtin function, SignatureParameter parameter, Node node, StaticType type, int index)
    {
        if (parameter.Element == 0 || !type.IsKnown) return;
        var item = type.Item();
        if (item.IsKnown && !Fits(item, parameter.Element)) Wrong("T0412", function, node, item.Present, SignatureParameter.Describe(parameter.Element), index);
    }

    private void Wrong(string code, Builtin function, Node node, TypeKinds found, string wanted, int index) =>
        _text.Report(
            Certain, code, node, ("name", function.Name), ("index", (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)), ("types", wanted),
            ("value", DiagnosticTexts.Catalog.Render("word.typed", ("found", _text.Source(node)), ("kind", TypeWords.Of(found)))));

    private static bool Fits(StaticType type, SignatureTypes wanted)
    {
        if (!type.IsKnown || type.Present == TypeKinds.None) return true;
        var accepted = TypeKinds.None;
        if ((wanted & SignatureTypes.Text) != 0) accepted |= TypeKinds.Text;
        if ((wanted & SignatureTypes.Number) != 0) accepted |= TypeKinds.Number;
        if ((wanted & SignatureTypes.Boolean) != 0) accepted |= TypeKinds.Boolean;
        if ((wanted & SignatureTypes.Null) != 0) accepted |= TypeKinds.Null;
        if ((wanted & SignatureTypes.Array) != 0) accepted |= TypeKinds.Array;
        if ((wanted & SignatureTypes.Object) != 0) accepted |= TypeKinds.Object;
        if ((wanted & SignatureTypes.Function) != 0) accepted |= TypeKinds.Function;
        return (type.Present & accepted) != 0;
    }
}
