using Mappings.Expressions.Binding;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Compilation;

/// <summary>Calls, partial application and <c>~></c>.</summary>
internal sealed partial class Compiler
{
    private Eval Call(CallNode node, bool tail) => node.IsPartial ? Partial(node) : Call(node, tail, first: null);

    /// <param name="first">An argument put before the written ones, by <c>~></c>.</param>
    private Eval Call(CallNode node, bool tail, Eval? first)
    {
        var arguments = node.Arguments.ConvertAll(a => Node(a));
        if (first is not null) arguments.Insert(0, first);
        var list = arguments.ToArray();
        var at = node.Span;
        if (node.Procedure is VariableNode { Predicates: null, Group: null } variable && variable.Name is not ("" or "$") && !IsBoundInside(variable.Name))
        {
            if (OutsideFunction(variable.Name) is { } known)
            {
                if (known is Builtin { IsUnbounded: true } && _options.Profile != ExpressionProfile.Everything) return Constant(default);
                if (Takes(Shortcuts.KnownFunctions)) return Direct(known, list, at, node.KeepArray, tail);
            }
            else if (_options.Strict && !ProfileCheck.Refuses(variable.Name))
            {
                ReportUnknown("T1006", variable);
                return Constant(default);
            }
        }

        // What stands above is data, never a function: whether it exists does not matter.
        var procedure = node.Procedure is PathNode { Steps: [ParentNode] } ? Constant(default) : Node(node.Procedure);
        var meant = Meant(node.Procedure);
        if (meant is not null && _options.Strict)
        {
            Report("T1005", node.Procedure.Span, ("name", meant));
            return Constant(default);
        }

        var name = Source(node.Procedure);
        var keep = node.KeepArray;
        return (ref Frame f, in Value ctx) =>
        {
            var callee = procedure(ref f, ctx);
            if (!callee.IsFunction) Errors.Throw(f, at, meant is not null && callee.IsMissing ? "T1005" : "T1006", callee, ("name", name), ("hint", string.Empty));
            var values = new Value[list.Length];
            for (var i = 0; i < values.Length; i++) values[i] = list[i](ref f, ctx);
            if (tail) return new Value(Tag.TailCall, new PendingCall(callee.Function, values, ctx, at));
            return Calls.Apply(ref f, callee.Function, values, ctx, at, keep);
        };
    }

    /// <summary>A built-in or host function known at compile time: up to four arguments stay on the stack.</summary>
    private static Eval Direct(FunctionValue function, Eval[] list, TextSpan at, bool keep, bool tail)
    {
        if (list.Length > 4)
        {
            return (ref Frame f, in Value ctx) =>
            {
                var values = new Value[list.Length];
                for (var i = 0; i < values.Length; i++) values[i] = list[i](ref f, ctx);
                return tail ? Calls.ApplyRaw(ref f, function, values, ctx, at) : Calls.Apply(ref f, function, values, ctx, at, keep);
            };
        }

        if (list is [var only])
        {
            return (ref Frame f, in Value ctx) =>
            {
                var value = only(ref f, ctx);
                return tail ? Calls.ApplyRaw(ref f, function, new ReadOnlySpan<Value>(in value), ctx, at) : Calls.Apply(ref f, function, new ReadOnlySpan<Value>(in value), ctx, at, keep);
            };
        }

        if (list is [var first, var second])
        {
            return (ref Frame f, in Value ctx) =>
            {
                var inline = new Arguments2();
                inline[0] = first(ref f, ctx);
                inline[1] = second(ref f, ctx);
                return tail ? Calls.ApplyRaw(ref f, function, inline, ctx, at) : Calls.Apply(ref f, function, inline, ctx, at, keep);
            };
        }

        return (ref Frame f, in Value ctx) =>
        {
            var inline = new Arguments4();
            Span<Value> values = inline;
            for (var i = 0; i < list.Length; i++) values[i] = list[i](ref f, ctx);
            return tail ? Calls.ApplyRaw(ref f, function, values[..list.Length], ctx, at) : Calls.Apply(ref f, function, values[..list.Length], ctx, at, keep);
        };
    }

    /// <summary>The function somebody meant who forgot the dollar sign; null when there is none of that name.</summary>
    private string? Meant(Node procedure) =>
        procedure is PathNode { Steps: [NameNode name, ..] } && (Outside(name.Name) is not null || IsBoundInside(name.Name)) ? "$" + name.Name : null;

    private Eval Partial(CallNode node)
    {
        var procedure = Node(node.Procedure);
        var open = node.Arguments.ConvertAll(a => a is PlaceholderNode).ToArray();
        var given = node.Arguments.ConvertAll(a => a is PlaceholderNode ? null : Node(a)).ToArray();
        var meant = Meant(node.Procedure);
        var at = node.Span;
        var name = Source(node.Procedure);
        return (ref Frame f, in Value ctx) =>
        {
            var values = new Value[given.Length];
            for (var i = 0; i < values.Length; i++)
            {
                if (given[i] is { } body) values[i] = body(ref f, ctx);
            }

            var callee = procedure(ref f, ctx);
            if (!callee.IsFunction) Errors.Throw(f, at, meant is not null && callee.IsMissing ? "T1007" : "T1008", callee, ("name", meant ?? name));
            return new PartialFunction(callee.Function, values, open, at).AsValue();
        };
    }

    private Eval Chain(BinaryNode node)
    {
        var left = Node(node.Left);
        if (node.Right is CallNode { IsPartial: false } call) return Call(call, tail: false, left);
        var right = Node(node.Right);
        var at = node.Span;
        var rightAt = node.Right.Span;
        return (ref Frame f, in Value ctx) =>
        {
            var argument = left(ref f, ctx);
            var function = right(ref f, ctx);
            if (!function.IsFunction) Errors.Throw(f, rightAt, "T2006", function);
            if (argument.IsFunction) return new ComposedFunction(argument.Function, function.Function, at).AsValue();

            // There is no context here that could stand in for an argument.
            return Calls.Apply(ref f, function.Function, new ReadOnlySpan<Value>(in argument), Value.Null, rightAt);
        };
    }
}
