using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>What stands in square brackets: a position, several positions, or a condition for each item.</summary>
internal sealed class FilterCode
{
    private readonly Eval? _predicate;
    private readonly long _index;

    public FilterCode(long index) => _index = index;

    public FilterCode(Eval predicate) => _predicate = predicate;

    /// <summary>The items that stay behind all of them, as a sequence.</summary>
    public static Value Apply(ref Frame f, FilterCode[] filters, in Value input)
    {
        var current = input;
        foreach (var filter in filters)
        {
            // jsonata-js asks a condition about nothing too, and the next one when it is true: an error in it is an error of the path.
            if (!input.IsMissing) current = filter.Apply(ref f, current);
            else if (f.Unit.Strict || filter._predicate is null || filter.Times(ref f, input, 0, 1) == 0) break;
        }

        return current;
    }

    /// <summary>The items that stay, as a sequence.</summary>
    private Value Apply(ref Frame f, in Value input)
    {
        if (input.IsMissing) return default;
        if (_predicate is null) return Sequences.At(input, _index);
        if (!input.IsArray)
        {
            var often = Times(ref f, input, 0, 1);
            if (often <= 1) return often == 1 ? input : default;
            var copies = new SequenceBuilder(often);
            for (; often > 0; often--) copies.Add(ref f, input);
            return copies.ToSequence();
        }

        var count = input.Count;
        var kept = new SequenceBuilder(count);
        var index = 0;
        foreach (ref readonly var item in input.Items())
        {
            f.Step();
            for (var times = Times(ref f, item, index++, count); times > 0; times--) kept.Add(ref f, item);
        }

        return kept.ToSequence();
    }

    /// <summary>How often one item of a list stays: once or never, but as often as a list of positions names it.</summary>
    public int Times(ref Frame f, in Value item, long index, long count)
    {
        if (_predicate is null) return (_index < 0 ? count + _index : _index) == index ? 1 : 0;
        var answer = _predicate(ref f, item);
        if (answer.Tag is Tag.True or Tag.False) return answer.Tag == Tag.True ? 1 : 0;
        if (answer.IsNumber) return IsPosition(answer, index, count) ? 1 : 0;
        if (answer.IsArray && AllNumbers(ref f, answer)) return Positions(ref f, answer, index, count);
        return Comparison.IsTrue(ref f, answer) ? 1 : 0;
    }

    private static bool IsPosition(in Value number, long index, long count)
    {
        var at = Numbers.FloorToLong(number);
        return (at < 0 ? count + at : at) == index;
    }

    private static bool AllNumbers(ref Frame f, in Value array)
    {
        if (array.Tag == Tag.Seq && array.Seq.IsRange) return true;
        foreach (var item in array.Items())
        {
            f.Step();
            if (!item.IsNumber) return false;
        }

        return true;
    }

    private static int Positions(ref Frame f, in Value positions, long index, long count)
    {
        var times = 0;
        foreach (var position in positions.Items())
        {
            f.Step();
            if (IsPosition(position, index, count)) times++;
        }

        return times;
    }
}
