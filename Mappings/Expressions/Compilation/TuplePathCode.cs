using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>An item of a path that binds variables, with the values they have for it.</summary>
internal sealed record PathTuple(Value Item, Value[] Variables)
{
    public PathTuple With(in Value item, bool keepItem) => new(keepItem ? Item : item, (Value[])Variables.Clone());
}

/// <summary>A filter or a position binding behind a step; <paramref name="Position"/> is the variable's place in the tuple, or -1.</summary>
internal sealed record TupleStage(FilterCode? Filter, int Position);

/// <summary>One step of a path that binds variables. Places of variables are -1 where there is none.</summary>
internal sealed record TupleStep(Eval Body, SortCode? Sort, bool IsVariable, int Focus, int Position, int Ancestor, TupleStage[] Stages)
{
    /// <summary>Set for a block whose path has variables that are needed outside.</summary>
    public TupleSource? Inner { get; init; }

    /// <summary>Those variables: their places in the block's tuples and in this path's.</summary>
    public (int Inner, int Outer)[] Imports { get; init; } = [];
}

/// <summary>A path that yields its items together with its variables.</summary>
internal delegate List<PathTuple> TupleSource(ref Frame f, in Value ctx);

/// <summary>A path with <c>@</c>, <c>#</c> or <c>%</c>: each step maps a stream of tuples to a stream of tuples.</summary>
/// <param name="begin">The first step that binds something: those before it are steps of a plain path.</param>
/// <param name="slots">The activation slot of each variable of a tuple.</param>
/// <param name="activationSize">Set when closures may keep the variables: each tuple then gets its own activation of this size.</param>
internal sealed class TuplePathCode(TupleStep[] steps, int begin, int[] slots, Func<int>? activationSize, PathCode plain, GroupCode? group)
{
    public Value Run(ref Frame f, in Value ctx)
    {
        var outer = f.Activation;
        var tuples = Collect(ref f, ctx);
        var result = group is null ? Items(ref f, tuples) : group.RunTuples(ref f, tuples, this, outer);
        f.Activation = outer;
        return group is null ? plain.Finish(ref f, result) : result;
    }

    public List<PathTuple> Collect(ref Frame f, in Value ctx)
    {
        var outer = f.Activation;
        var tuples = new List<PathTuple>();
        var input = ctx;
        if (begin > 0)
        {
            Load(ref f, outer, new PathTuple(default, new Value[slots.Length]));
            input = plain.RunBegin(ref f, ctx, begin);
        }

        if ((begin == 0 && steps[0].IsVariable) || !input.IsArray)
        {
            if (begin == 0 || !input.IsMissing) tuples.Add(new PathTuple(input, new Value[slots.Length]));
        }
        else
        {
            foreach (var item in input.Items()) tuples.Add(new PathTuple(item, new Value[slots.Length]));
        }

        for (var i = begin; i < steps.Length; i++)
        {
            var step = steps[i];
            tuples = step.Sort is null ? Map(ref f, outer, step, tuples) : Sorted(ref f, outer, step, tuples);
            foreach (var stage in step.Stages) tuples = Apply(ref f, outer, stage, tuples);
        }

        f.Activation = outer;
        return tuples;
    }

    /// <summary>Gives the variables the values of one tuple.</summary>
    public void Load(ref Frame f, Activation? outer, PathTuple tuple)
    {
        f.Step();
        if (activationSize is not null) f.Activation = new Activation(activationSize(), outer);
        for (var i = 0; i < slots.Length; i++) f.Activation!.Slots[slots[i]] = tuple.Variables[i];
    }

    private static Value Items(ref Frame f, List<PathTuple> tuples)
    {
        var found = new SequenceBuilder();
        foreach (var tuple in tuples) found.Add(ref f, tuple.Item);
        return found.ToSequence();
    }

    private List<PathTuple> Map(ref Frame f, Activation? outer, TupleStep step, List<PathTuple> tuples)
    {
        var mapped = new List<PathTuple>();
        foreach (var tuple in tuples)
        {
            Load(ref f, outer, tuple);
            var position = 0;
            if (step.Inner is { } inner)
            {
                foreach (var found in inner(ref f, tuple.Item)) Add(ref f, step, tuple, found.Item, position++, found, mapped);
                continue;
            }

            var result = step.Body(ref f, tuple.Item);
            foreach (var item in result.Items()) Add(ref f, step, tuple, item, position++, null, mapped);
        }

        return mapped;
    }

    private static void Add(ref Frame f, TupleStep step, PathTuple tuple, in Value item, int position, PathTuple? found, List<PathTuple> mapped)
    {
        f.Step();
        if (mapped.Count >= f.Context.Budget.Limits.SequenceLength) Errors.SequenceTooLong(f);
        var next = tuple.With(item, keepItem: step.Focus >= 0);
        if (step.Focus >= 0) next.Variables[step.Focus] = item;
        if (step.Position >= 0) next.Variables[step.Position] = Value.FromNumber(position);
        if (step.Ancestor >= 0) next.Variables[step.Ancestor] = tuple.Item;
        foreach (var (inner, outer) in step.Imports) next.Variables[outer] = found!.Variables[inner];
        mapped.Add(next);
    }

    private List<PathTuple> Sorted(ref Frame f, Activation? outer, TupleStep step, List<PathTuple> tuples)
    {
        var sorted = step.Sort!.Run(ref f, tuples, this, outer);
        for (var i = 0; step.Position >= 0 && i < sorted.Count; i++) sorted[i].Variables[step.Position] = Value.FromNumber(i);
        return sorted;
    }

    private List<PathTuple> Apply(ref Frame f, Activation? outer, TupleStage stage, List<PathTuple> tuples)
    {
        var kept = new List<PathTuple>();
        for (var i = 0; i < tuples.Count; i++)
        {
            Load(ref f, outer, tuples[i]);
            if (stage.Filter is null) tuples[i].Variables[stage.Position] = Value.FromNumber(i);
            for (var times = stage.Filter?.Times(ref f, tuples[i].Item, i, tuples.Count) ?? 1; times > 0; times--) kept.Add(tuples[i]);
        }

        return kept;
    }
}
