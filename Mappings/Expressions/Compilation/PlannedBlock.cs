using Mappings.Expressions.Binding;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>A step of a path that is a block: the items it yields are those of the path it ends with, and <c>%</c> behind it goes on there.</summary>
internal sealed class PlannedBlock
{
    private readonly Scope _scope;
    private readonly Eval[] _before;
    private readonly PlannedPath? _path;
    private readonly PlannedBlock? _inner;

    public PlannedBlock(Scope scope, Eval[] before, PlannedPath path)
    {
        _scope = scope;
        _before = before;
        _path = path;
    }

    public PlannedBlock(Scope scope, Eval[] before, PlannedBlock inner)
    {
        _scope = scope;
        _before = before;
        _inner = inner;
    }

    /// <summary>The path in the innermost block.</summary>
    public PlannedPath Path => _path ?? _inner!.Path;

    /// <summary>Where the block's items come from, as the path around it sees them.</summary>
    public Provenance Result(PathPlan outer, int step)
    {
        var inner = Path.Plan.Current;
        return ReferenceEquals(inner.Plan, Path.Plan) ? new Provenance(outer, step, -1) { Inner = inner } : inner;
    }

    public Eval Finish()
    {
        var body = _path is not null ? _path.Finish() : _inner!.Finish();
        return (ref Frame f, in Value ctx) =>
        {
            var outer = Enter(ref f, ctx);
            var value = body(ref f, ctx);
            f.Activation = outer;
            return value;
        };
    }

    public TupleSource Tuples()
    {
        TupleSource source = _path is not null ? _path.Tuples().Collect : _inner!.Tuples();
        return (ref Frame f, in Value ctx) =>
        {
            var outer = Enter(ref f, ctx);
            var tuples = source(ref f, ctx);
            f.Activation = outer;
            return tuples;
        };
    }

    /// <summary>Begins a run: the block's own variables are empty, and what stands before its end is evaluated.</summary>
    private Activation? Enter(ref Frame f, in Value ctx)
    {
        var outer = f.Activation;
        if (_scope.HasOwnActivation) f.Activation = new Activation(_scope.SlotCount, outer);
        else
        {
            foreach (var slot in _scope.Slots) f.Activation!.Slots[slot] = default;
        }

        foreach (var part in _before) part(ref f, ctx);
        return outer;
    }
}
