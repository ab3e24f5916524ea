using System.Text;

namespace Mappings.Expressions.Pictures;

/// <summary>
/// Where a picture puts separators between the digits of a whole number. Separators of one kind at equal distances go on
/// for ever to the left (<c>#,##0</c>); others stand only where they were written.
/// </summary>
internal sealed class Grouping
{
    private readonly (int Position, char Separator)[] _separators;

    /// <summary>The distance of regular separators; 0 when they are irregular or absent.</summary>
    private readonly int _every;

    /// <param name="separators">Each with the number of digits to its right, ascending.</param>
    public Grouping(IReadOnlyList<(int Position, char Separator)> separators)
    {
        _separators = [.. separators];
        _every = Distance(_separators);
    }

    public bool IsRegular => _every > 0;

    public bool Contains(char c) => Array.Exists(_separators, s => s.Separator == c);

    public string Apply(string digits)
    {
        if (_separators.Length == 0) return digits;
        var result = new StringBuilder(digits.Length + (digits.Length / 2) + _separators.Length);
        for (var i = 0; i < digits.Length; i++)
        {
            result.Append(digits[i]);
            var right = digits.Length - 1 - i;
            if (_every > 0)
            {
                if (right > 0 && right % _every == 0) result.Append(_separators[0].Separator);
                continue;
            }

            // They were collected from the right: several at one place are written as they stand in the picture.
            for (var s = _separators.Length - 1; s >= 0; s--)
            {
                if (_separators[s].Position == right) result.Append(_separators[s].Separator);
            }
        }

        return result.ToString();
    }

    private static int Distance((int Position, char Separator)[] separators)
    {
        if (separators.Length == 0 || Array.Exists(separators, s => s.Separator != separators[0].Separator)) return 0;
        var factor = 0;
        foreach (var (position, _) in separators) factor = Divisor(factor, position);
        for (var i = 1; i <= separators.Length; i++)
        {
            if (!Array.Exists(separators, s => s.Position == i * factor)) return 0;
        }

        return factor;
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
