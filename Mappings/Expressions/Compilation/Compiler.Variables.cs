using Mappings.Diagnostics;
using Mappings.Expressions.Binding;
using Mappings.Expressions.Functions;
using Mappings.Expressions.Runtime;
using Mappings.Expressions.Syntax;

namespace Mappings.Expressions.Compilation;

/// <summary>Variables, blocks and functions.</summary>
internal sealed partial class Compiler
{
    private const string EvalName = "eval";

    private static readonly Eval ContextItem = static (ref Frame _, in Value ctx) =>
        ctx.Tag == Tag.Seq && (ctx.Seq.Flags & SeqFlags.OuterWrapper) != 0 ? ctx.Seq[0] : ctx;

    private Eval Variable(VariableNode node)
    {
        if (node.Name.Length == 0) return ContextItem;
        if (node.Name == "$") return static (ref Frame f, in Value _) => Sequences.Unwrap(f.Root);
        return Local(node.Name, _scope) ?? Outside(node.Name) ?? Unknown(node);
    }

    /// <summary>A name bound in the expression. Where it may still be unbound when it is read, the next one further out is asked.</summary>
    private Eval? Local(string name, Scope? from)
    {
        for (var scope = from; scope is not null; scope = scope.Parent)
        {
            if (!scope.TryFind(name, out var slot, out var assigned)) continue;
            var read = Slot(_scope.HopsTo(scope), slot);
            if (assigned) return read;
            var further = Local(name, scope.Parent) ?? Outside(name);
            if (further is null) return read;
            return (ref Frame f, in Value ctx) => read(ref f, ctx) is { IsMissing: false } value ? value : further(ref f, ctx);
        }

        return null;
    }

    private static Eval Slot(int hops, int slot) => hops switch
    {
        0 => (ref Frame f, in Value _) => f.Activation!.Slots[slot],
        1 => (ref Frame f, in Value _) => f.Activation!.Parent!.Slots[slot],
        _ => (ref Frame f, in Value _) =>
        {
            var activation = f.Activation!;
            for (var i = 0; i < hops; i++) activation = activation.Parent!;
            return activation.Slots[slot];
        },
    };

    private Eval? Outside(string name)
    {
        for (var i = 0; i < _options.Variables.Count; i++)
        {
            var slot = i;
            if (_options.Variables[i] == name) return (ref Frame f, in Value _) => f.Context.Variables[slot];
        }

        if (name == EvalName && _options.Profile == ExpressionProfile.Everything) return EvalHere();
        return OutsideFunction(name) is { } function ? Constant(function.AsValue()) : null;
    }

    private Eval EvalHere()
    {
        var scope = _scope;
        return (ref Frame f, in Value _) => new EvalFunction(_options, scope, f.Activation, f.Root).AsValue();
    }

    private FunctionValue? OutsideFunction(string name)
    {
        foreach (var host in _options.HostFunctions)
        {
            if (host.Name == name) return new HostFunctionValue(host);
        }

        return Library.Find(name);
    }

    private bool IsBoundInside(string name)
    {
        for (var scope = _scope; scope is not null; scope = scope.Parent)
        {
            if (scope.TryFind(name, out _, out _)) return true;
        }

        return _options.Variables.Contains(name);
    }

    private Eval Unknown(VariableNode node)
    {
        if (_options.Strict && !ProfileCheck.Refuses(node.Name)) ReportUnknown("MAP273", node);
        return Constant(default);
    }

    private void ReportUnknown(string code, VariableNode node)
    {
        var known = new List<string>(_options.Variables);
        for (var scope = _scope; scope is not null; scope = scope.Parent) known.AddRange(scope.Names);
        known.AddRange(_options.HostFunctions.Select(h => h.Name));
        known.AddRange(Library.Names);
        var near = NameSuggestion.Closest(node.Name, known);
        var hint = near is null ? string.Empty : DiagnosticTexts.Catalog.Render("word.near", ("suggestion", "$" + near));
        Report(code, node.Span, ("name", "$" + node.Name), ("hint", hint));
    }

    private Eval Bind(BindNode node)
    {
        var value = Node(node.Value);
        var slot = _scope.Declare(node.Name);
        _scope.Assigned(node.Name);
        return (ref Frame f, in Value ctx) =>
        {
            var bound = value(ref f, ctx);
            f.Activation!.Slots[slot] = bound;
            return bound;
        };
    }

    private Eval Block(BlockNode node, bool tail)
    {
        if (node.Expressions.Count == 0) return Constant(default);
        var names = node.Expressions.SelectMany(Children.BoundNames).ToHashSet();
        var scope = new Scope(_scope, ownActivation: names.Count > 0 && (node.HasLambda || !Takes(Shortcuts.SharedVariables)));
        foreach (var name in names) scope.Declare(name);
        _scope = scope;
        var parts = new Eval[node.Expressions.Count];

        // A tail call out of a block with its own activation is fine: the call no longer needs the block's variables.
        for (var i = 0; i < parts.Length; i++) parts[i] = Node(node.Expressions[i], tail && i == parts.Length - 1);
        _scope = scope.Parent!;
        if (scope.HasOwnActivation) return Activated(Sequence(parts), scope);
        if (names.Count == 0) return Sequence(parts);
        var cleared = scope.Slots.ToArray();
        var body = Sequence(parts);
        return (ref Frame f, in Value ctx) =>
        {
            foreach (var slot in cleared) f.Activation!.Slots[slot] = default;
            return body(ref f, ctx);
        };
    }

    private static Eval Activated(Eval body, Scope scope) => (ref Frame f, in Value ctx) =>
    {
        var outer = f.Activation;
        f.Activation = new Activation(scope.SlotCount, outer);
        var value = body(ref f, ctx);
        f.Activation = outer;
        return value;
    };

    private static Eval Sequence(Eval[] parts)
    {
        if (parts.Length == 1) return parts[0];
        return (ref Frame f, in Value ctx) =>
        {
            for (var i = 0; i < parts.Length - 1; i++) parts[i](ref f, ctx);
            return parts[^1](ref f, ctx);
        };
    }

    private Eval Lambda(LambdaNode node)
    {
        // jsonata-js passes over a letter that means no type; a mapping whose author relies on it would be unchecked.
        if (_options.Strict && node.Signature is { Types.HasUnknown: true } written) Report("S0402", written.Span, ("value", written.Text));
        var scope = new Scope(_scope, ownActivation: true);
        foreach (var parameter in node.Parameters)
        {
            scope.Parameter(parameter);
            scope.Assigned(parameter);
        }

        foreach (var name in Children.BoundNames(node.Body)) scope.Declare(name);
        _scope = scope;
        var code = new LambdaCode(node.Parameters.Count, node.Signature?.Types, () => scope.SlotCount);
        code.Body = Node(node.Body, tail: true);
        _scope = scope.Parent!;
        return (ref Frame f, in Value ctx) => new LambdaFunction(code, f.Unit, f.Activation, f.Root, ctx).AsValue();
    }
}
