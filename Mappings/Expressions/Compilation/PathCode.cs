using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>One step of a path.</summary>
internal sealed class StepCode(Eval body)
{
    public Eval Body { get; } = body;

    public FilterCode[] Filters { get; init; } = [];

    public SortCode? Sort { get; init; }

    /// <summary>An array constructor at the begin: evaluated once, not for each item of the input.</summary>
    public bool IsConstructor { get; init; }

    public StepCode With(FilterCode[] filters) => new(Body) { Filters = filters, Sort = Sort, IsConstructor = IsConstructor, IsVariable = IsVariable };

    /// <summary>A variable at the begin is evaluated once even when the input is a list.</summary>
    public bool IsVariable { get; init; }
}

/// <summary>A path: each step maps over the items of the step before, one level of lists is flattened between them.</summary>
internal sealed class PathCode(StepCode[] steps, bool keepSingleton, GroupCode? group)
{
    public Value Run(ref Frame f, in Value ctx) => RunFrom(ref f, 0, steps[0].IsVariable ? Sequences.One(ctx) : ctx);

    /// <summary>Goes on at a step: shortcuts that meet a list continue here.</summary>
    public Value RunFrom(ref Frame f, int step, in Value input)
    {
        var current = input;
        for (var i = step; i < steps.Length; i++)
        {
            var code = steps[i];
            current = i == 0 && code.IsConstructor ? code.Body(ref f, current) : Step(ref f, code, current, i == steps.Length - 1);
            if (current.IsMissing) break;
            if (!current.IsArray || current.Count > 0)
            {
                // jsonata-js goes on only from a list: from the one element that a filter left of a written list it goes nowhere.
                if (i > 0 || !code.IsConstructor || current.IsArray || f.Unit.Strict || steps.Length == 1) continue;
                current = default;
                break;
            }

            // An empty list on the way is no value; one that the last step found, or that was written at the begin, is the result.
            if (i < steps.Length - 1 && !(i == 0 && code.IsConstructor)) current = default;
            break;
        }

        return Finish(ref f, current);
    }

    /// <summary>Only the first steps, for a path that goes on in another manner.</summary>
    /// <returns>The items they yield; missing when there are none.</returns>
    public Value RunBegin(ref Frame f, in Value ctx, int count)
    {
        var current = steps[0].IsVariable ? Sequences.One(ctx) : ctx;
        for (var i = 0; i < count; i++)
        {
            current = i == 0 && steps[i].IsConstructor ? steps[i].Body(ref f, current) : Step(ref f, steps[i], current, last: false);
            if (current.IsMissing || (current.IsArray && current.Count == 0)) return default;
        }

        return current;
    }

    public Value Finish(ref Frame f, in Value result)
    {
        var current = result;
        if (keepSingleton && !current.IsMissing) current = Keep(current);
        return group is null ? Sequences.Unwrap(current) : group.Run(ref f, current);
    }

    private static Value Keep(in Value value)
    {
        if (!value.IsArray) return new Value(Tag.Seq, new Seq(SeqFlags.Sequence | SeqFlags.KeepSingleton, value));
        if (Sequences.IsCons(value) && !Sequences.IsSequence(value)) return new Value(Tag.Seq, new Seq(SeqFlags.Sequence | SeqFlags.KeepSingleton, value));
        return Sequences.IsSequence(value) ? new Value(Tag.Seq, value.Seq.WithFlags(SeqFlags.Sequence | SeqFlags.KeepSingleton)) : value;
    }

    private static Value Step(ref Frame f, StepCode step, in Value input, bool last)
    {
        if (step.Sort is not null) return Filter(ref f, step, step.Sort.Run(ref f, input));
        if (!input.IsArray) return Alone(Filter(ref f, step, step.Body(ref f, input)), last);
        var found = new SequenceBuilder(input.Count);
        Value first = default;
        var count = 0;
        foreach (ref readonly var item in input.Items())
        {
            f.Step();
            var result = step.Body(ref f, item);
            if (step.Filters.Length > 0) result = Filter(ref f, step, result);
            if (result.IsMissing) continue;
            if (++count == 1)
            {
                first = result;
                continue;
            }

            if (count == 2) Flatten(ref f, ref found, first);
            Flatten(ref f, ref found, result);
        }

        return count <= 1 ? Alone(first, last) : found.ToSequence();
    }

    private static Value Filter(ref Frame f, StepCode step, in Value result) =>
        step.Filters.Length == 0 ? result : FilterCode.Apply(ref f, step.Filters, result);

    /// <summary>The only result of a step: in the last step an array is the path's result as it is; before, its elements are the items.</summary>
    private static Value Alone(in Value result, bool last)
    {
        if (!result.IsArray) return result;
        if (Sequences.IsSequence(result))
        {
            var seq = result.Seq;
            return (seq.Flags & ~SeqFlags.Sequence) == 0 ? result : new Value(Tag.Seq, seq.WithFlags(SeqFlags.Sequence));
        }

        if (last) return result;
        return Sequences.IsCons(result) ? Sequences.One(result) : result;
    }

    private static void Flatten(ref Frame f, ref SequenceBuilder found, in Value result)
    {
        if (Sequences.IsCons(result)) found.Add(ref f, result);
        else found.AddFlat(ref f, result);
    }
}
