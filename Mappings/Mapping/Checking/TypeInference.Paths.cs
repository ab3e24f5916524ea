using Mappings.Diagnostics;
using Mappings.Expressions.Syntax;

namespace Mappings.Mapping.Checking;

/// <summary>Paths, steps and filters.</summary>
internal sealed partial class TypeInference
{
    private StaticType Path(PathNode path, TypeContext context)
    {
        var type = StaticType.Unknown;
        var isMany = false;
        for (var i = 0; i < path.Steps.Count; i++)
        {
            var step = path.Steps[i];
            if (i > 0 && step is SortNode sort)
            {
                foreach (var (term, _) in sort.Terms) Visit(term, context);
                continue;
            }

            var isLoop = i > 0 && step is not (NameNode or ParentNode or WildcardNode);
            if (isLoop) _loops++;
            var (found, next) = Step(step, isLoop ? context with { Type = context.Type.Existing() } : context);
            if (isLoop) _loops--;
            type = found with { IsMany = found.IsMany || isMany };
            if (step.Stages is { } stages) type = Stages(stages, type, next);

            // Whatever stands between the steps, an array there is walked element by element.
            isMany = type.IsMany || (type.IsKnown && (type.Kinds & TypeKinds.Array) != 0);
            context = next;
            if (i < path.Steps.Count - 1) type = type with { IsMany = isMany };
        }

        return path.KeepSingletonArray ? type with { IsFiltered = true } : type;
    }

    /// <summary>One step: its result, and what the next step sees.</summary>
    private (StaticType Type, TypeContext Next) Step(Node step, TypeContext context)
    {
        switch (step)
        {
            case NameNode name:
                var member = Member(context.Type.Item(), name);
                return (member, new TypeContext(member.Item() with { IsMany = false }, context));
            case ParentNode:
                var above = context.Parent ?? new TypeContext(StaticType.Unknown, null);
                return (above.Type with { IsMany = false, IsOuter = true }, above);
            case WildcardNode or DescendantNode:
                if (context.Type.Path is { } path) _reads.Add(new Read(ReadKind.Path, Join(path, step is WildcardNode ? "*" : "**")));
                return (StaticType.Unknown, new TypeContext(StaticType.Unknown, context));
            case VariableNode { Name: "" } self when self.Predicates is null:
                return (context.Type with { IsMany = false }, context);
            default:
                var type = Visit(step, context);
                return (type, new TypeContext(type.Item() with { IsMany = false }, step is VariableNode ? null : context));
        }
    }

    private StaticType Member(StaticType holder, NameNode name)
    {
        var path = holder.Path is { } at ? Join(at, name.Name) : null;
        if (path is not null) NoteRead(path);
        var unknown = StaticType.Unknown with { Path = path, IsOuter = holder.IsOuter };
        if (!holder.IsKnown || (holder.Kinds & TypeKinds.Function) != 0) return unknown;
        if ((holder.Kinds & TypeKinds.Object) == 0)
        {
            // A value that is sometimes a list or null is not judged by the rest.
            if ((holder.Kinds & TypeKinds.Scalar) != 0 && (holder.Kinds & TypeKinds.Array) == 0)
                _text.Report(Certain, "MAP221", name, ("holder", _names.Holder(holder)), ("kind", TypeWords.Of(holder.Kinds & TypeKinds.Scalar)), ("name", name.Name));
            return unknown;
        }

        if (holder.Shape is not { Members.Count: > 0 } shape) return unknown;
        if (shape.Member(name.Name) is not { } member)
        {
            _names.Unknown(_text, name, holder, shape);
            return unknown;
        }

        var type = StaticType.Of(member, path) with { IsMany = holder.IsMany, IsOuter = holder.IsOuter, IsFiltered = holder.IsFiltered };
        if (!type.IsKnown) return type;
        var mayBeAbsent = !shape.Required.Contains(name.Name);
        if (mayBeAbsent) return type with { Kinds = type.Kinds | TypeKinds.Missing, Optional = member, OptionalPath = path ?? name.Name };
        if (holder.Optional is null && (holder.Kinds & (TypeKinds.Missing | TypeKinds.Null | TypeKinds.Text)) == 0) return type;
        return type with { Kinds = type.Kinds | TypeKinds.Missing, Optional = holder.Optional ?? holder.Shape, OptionalPath = holder.Optional is null ? holder.Path ?? string.Empty : holder.OptionalPath };
    }

    /// <summary>A path that is only the begin of the one that follows is no read of its own.</summary>
    private void NoteRead(string path)
    {
        if (_reads.Count > 0 && _reads[^1] is { Kind: ReadKind.Path, Name: var last } && path.Length > last.Length && path.StartsWith(last, StringComparison.Ordinal) && path[last.Length] is '.' or '[')
            _reads.RemoveAt(_reads.Count - 1);
        var read = new Read(ReadKind.Path, path);
        if (!_reads.Contains(read)) _reads.Add(read);
    }

    private StaticType Stages(List<Stage> stages, StaticType type, TypeContext item)
    {
        foreach (var stage in stages)
        {
            if (stage.Filter is not { } filter) continue;
            if (filter is ConstantNode { Value.IsNumber: true } or NegateNode { Operand: ConstantNode { Value.IsNumber: true } })
            {
                type = Picked(type, filter);
                continue;
            }

            if (_loops > 0 && type.IsOuter && (type.IsMany || (type.IsKnown && (type.Kinds & TypeKinds.Array) != 0)))
                _text.Report(Severity.Warning, "MAP233", filter, ("found", _text.Source(filter)));
            _loops++;
            _conditions++;
            var condition = Visit(filter, item with { Type = item.Type.Existing() with { IsOuter = false } });
            _conditions--;
            _loops--;

            // A number computed in the brackets is an index, not a condition.
            if (condition is { IsKnown: true, Present: TypeKinds.Number }) type = Picked(type, filter);
            else type = type with { Kinds = type.IsKnown ? type.Kinds | TypeKinds.Missing : type.Kinds, IsFiltered = true };
        }

        return type;
    }

    /// <summary>One element of a list, by its number.</summary>
    private static StaticType Picked(StaticType type, Node filter)
    {
        var isArray = type.IsKnown && (type.Kinds & TypeKinds.Array) != 0;
        var isFirst = filter is ConstantNode { Value: var index } && index.AsText() is "0" or "-1";
        var isThere = !isArray || (isFirst && type.Shape?.MinItems >= 1);
        var one = isArray ? type.Item() with { IsMany = type.IsMany, IsFiltered = type.IsFiltered } : type with { IsMany = type.IsMany && type.IsKnown && type.Path is not null };
        if (!one.IsKnown || (isThere && (type.Kinds & TypeKinds.Missing) == 0)) return one;
        return one with { Kinds = one.Kinds | TypeKinds.Missing, Optional = one.Optional ?? type.Optional ?? type.Shape, OptionalPath = one.Optional is null && type.Optional is null ? type.Path ?? string.Empty : one.OptionalPath };
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
