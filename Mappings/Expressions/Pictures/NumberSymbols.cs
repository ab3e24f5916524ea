namespace Mappings.Expressions.Pictures;

/// <summary>The characters of a number picture (XPath and XQuery Functions 3.1, section 4.7.1), as <c>$formatNumber</c>'s options name them.</summary>
internal sealed record NumberSymbols
{
    public static NumberSymbols Default { get; } = new();

    public char DecimalSeparator { get; private init; } = '.';

    public char GroupingSeparator { get; private init; } = ',';

    public char ExponentSeparator { get; private init; } = 'e';

    public char PatternSeparator { get; private init; } = ';';

    public char Digit { get; private init; } = '#';

    public char Zero { get; private init; } = DigitFamily.Ascii;

    public string Percent { get; private init; } = "%";

    public string PerMille { get; private init; } = "‰";

    public string MinusSign { get; private init; } = "-";

    /// <param name="strict">An option that does not exist is an error; JSONata's own manner is to pass over it.</param>
    /// <exception cref="PictureException">MAP278 for an option that cannot be used.</exception>
    public static NumberSymbols From(in Value options, bool strict)
    {
        var symbols = Default;
        foreach (var option in options.Members())
        {
            var text = option.Value.IsText ? option.Value.AsText()! : string.Empty;
            symbols = option.Name switch
            {
                "decimal-separator" => symbols with { DecimalSeparator = One(option, text) },
                "grouping-separator" => symbols with { GroupingSeparator = One(option, text) },
                "exponent-separator" => symbols with { ExponentSeparator = One(option, text) },
                "pattern-separator" => symbols with { PatternSeparator = One(option, text) },
                "digit" => symbols with { Digit = One(option, text) },
                "zero-digit" => symbols with { Zero = One(option, text) },
                "percent" when text.Length > 0 => symbols with { Percent = text },
                "per-mille" when text.Length > 0 => symbols with { PerMille = text },
                "minus-sign" when text.Length > 0 => symbols with { MinusSign = text },

                // Infinity and NaN are no values of the hub: their texts are never needed.
                "infinity" or "NaN" => symbols,
                _ when strict || option.Name is "percent" or "per-mille" or "minus-sign" => throw Refused(option),
                _ => symbols,
            };
        }

        return symbols;
    }

    public bool IsDigit(char c) => DigitFamily.IsDigit(c, Zero);

    public bool IsActive(char c) => c == DecimalSeparator || c == GroupingSeparator || c == Digit || IsDigit(c);

    private static char One(in MemberCursor option, string text) => text.Length == 1 ? text[0] : throw Refused(option);

    private static PictureException Refused(in MemberCursor option) => new("MAP278", ("option", option.Name), ("value", ShownValue.Of(option.Value)));
}
