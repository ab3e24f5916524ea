using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Compilation;

/// <summary>What stands in square brackets: a position, several positions, or a condition for each item.</summary>
internal sealed class FilterCode
{
    private readonly Eval? _predicate;
    private readonly long _index;

    public FilterCode(long index) => _index = index;

    public FilterCode(Eval predicate) => _predicate = predicate;

    /// <summary>The items that stay, as a sequence.</summary>
    public Value Apply(ref Frame f, in Value input)
    {
        if (input.IsMissing) return default;
        if (_predicate is null) return Sequences.At(input, _index);
        if (!input.IsArray) return Keeps(ref f, input, 0, 1) ? input : default;
        var count = input.Count;
        var kept = new SequenceBuilder(count);
        var index = 0;
        foreach (ref readonly var item in input.Items())
        {
            f.Step();
            if (Keeps(ref f, item, index++, count)) kept.Add(ref f, item);
        }

        return kept.ToSequence();
    }

    /// <summary>Whether one item of a list stays.</summary>
    public bool Keeps(ref Frame f, in Value item, long index, long count)
    {
        if (_predicate is null) return (_index < 0 ? count + _index : _index) == index;
        var answer = _predicate(ref f, item);
        if (answer.Tag is Tag.True or Tag.False) return answer.Tag == Tag.True;
        if (answer.IsNumber) return IsPosition(answer, index, count);
        if (!answer.IsArray) return Comparison.IsTrue(ref f, answer);
        return AllNumbers(ref f, answer) ? AnyPosition(ref f, answer, index, count) : Comparison.IsTrue(ref f, answer);
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

    private static bool AnyPosition(ref Frame f, in Value positions, long index, long count)
    {
        foreach (var position in positions.Items())
        {
            f.Step();
            if (IsPosition(position, index, count)) return true;
        }

        return false;
    }
}
