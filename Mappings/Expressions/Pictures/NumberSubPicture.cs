namespace Mappings.Expressions.Pictures;

/// <summary>One sub-picture (XPath and XQuery Functions 3.1, sections 4.7.3 and 4.7.4).</summary>
internal sealed class NumberSubPicture
{
    private NumberSubPicture()
    {
    }

    public required string Prefix { get; init; }

    public required string Suffix { get; init; }

    public required bool IsPercent { get; init; }

    public required bool IsPerMille { get; init; }

    public required Grouping WholeGrouping { get; init; }

    /// <summary>Digits of the fraction to the left of each separator in it.</summary>
    public required IReadOnlyList<int> FractionSeparators { get; init; }

    public required int LeastWhole { get; init; }

    public required int LeastFraction { get; init; }

    public required int MostFraction { get; init; }

    /// <summary>Digits the mantissa has before its point.</summary>
    public required int ScalingFactor { get; init; }

    public required bool HasExponent { get; init; }

    public required int LeastExponent { get; init; }

    /// <exception cref="PictureException">D3081 to D3093.</exception>
    public static NumberSubPicture Parse(string text, NumberSymbols symbols)
    {
        var parts = NumberPictureParts.Split(text, symbols);
        if (parts.Fault() is { } fault) throw new PictureException(fault);
        var (whole, fraction) = (parts.Whole, parts.Fraction);
        var leastWhole = whole.Count(symbols.IsDigit);
        var leastFraction = fraction.Count(symbols.IsDigit);
        var mostFraction = leastFraction + fraction.Count(c => c == symbols.Digit);
        var scaling = leastWhole;
        if (leastWhole == 0 && mostFraction == 0)
        {
            if (parts.Exponent is null) leastWhole = 1;
            else leastFraction = mostFraction = 1;
        }

        if (parts.Exponent is not null && leastWhole == 0 && whole.Contains(symbols.Digit, StringComparison.Ordinal)) leastWhole = 1;
        if (leastWhole == 0 && leastFraction == 0) leastFraction = 1;
        return new NumberSubPicture
        {
            Prefix = parts.Prefix,
            Suffix = parts.Suffix,
            IsPercent = parts.HasPercent,
            IsPerMille = parts.HasPerMille,
            WholeGrouping = new Grouping([.. Positions(whole, symbols, fromRight: true).Reverse().Select(p => (p, symbols.GroupingSeparator))]),
            FractionSeparators = [.. Positions(fraction, symbols, fromRight: false)],
            LeastWhole = leastWhole,
            LeastFraction = leastFraction,
            MostFraction = Math.Max(mostFraction, leastFraction),
            ScalingFactor = scaling,
            HasExponent = parts.Exponent is not null,
            LeastExponent = parts.Exponent?.Length ?? 0,
        };
    }

    /// <summary>For each separator the number of digits to its right, or to its left.</summary>
    private static IEnumerable<int> Positions(string part, NumberSymbols symbols, bool fromRight)
    {
        var total = part.Count(c => c != symbols.GroupingSeparator);
        var left = 0;
        foreach (var c in part)
        {
            if (c == symbols.GroupingSeparator) yield return fromRight ? total - left : left;
            else left++;
        }
    }
}
