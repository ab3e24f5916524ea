namespace Mappings.Expressions.Pictures;

/// <summary>A sub-picture taken apart: passive text, whole digits, fraction, exponent, passive text.</summary>
internal sealed class NumberPictureParts
{
    private readonly NumberSymbols _symbols;
    private readonly string _text;
    private readonly string _active;

    private NumberPictureParts(string text, int start, int end, NumberSymbols symbols)
    {
        _symbols = symbols;
        _text = text;
        _active = text[start..end];
        Prefix = text[..start];
        Suffix = text[end..];
        var exponent = _active.IndexOf(symbols.ExponentSeparator, StringComparison.Ordinal);
        Mantissa = exponent < 0 ? _active : _active[..exponent];
        Exponent = exponent < 0 ? null : _active[(exponent + 1)..];
        var point = Mantissa.IndexOf(symbols.DecimalSeparator, StringComparison.Ordinal);
        HasPoint = point >= 0;
        Whole = point < 0 ? Mantissa : Mantissa[..point];
        Fraction = point < 0 ? string.Empty : Mantissa[(point + 1)..];
    }

    public string Prefix { get; }

    public string Suffix { get; }

    public string Mantissa { get; }

    public string Whole { get; }

    public string Fraction { get; }

    /// <summary>Null when there is none.</summary>
    public string? Exponent { get; }

    public bool HasPercent => _text.Contains(_symbols.Percent, StringComparison.Ordinal);

    public bool HasPerMille => _text.Contains(_symbols.PerMille, StringComparison.Ordinal);

    private bool HasPoint { get; }

    /// <summary>Without any active character the whole text stands in the middle, where it is then refused.</summary>
    public static NumberPictureParts Split(string text, NumberSymbols symbols)
    {
        var start = 0;
        while (start < text.Length && !symbols.IsActive(text[start])) start++;
        if (start == text.Length) return new NumberPictureParts(text, 0, text.Length, symbols);
        var end = text.Length;
        while (!symbols.IsActive(text[end - 1])) end--;
        return new NumberPictureParts(text, start, end, symbols);
    }

    /// <summary>The code of what is wrong: the last rule that is broken, as JSONata tells it; null when nothing is.</summary>
    public string? Fault()
    {
        var digits = Mantissa.Count(c => _symbols.IsDigit(c) || c == _symbols.Digit);
        var separator = _symbols.GroupingSeparator;
        var mandatory = Whole.AsSpan().IndexOfAnyInRange(_symbols.Zero, (char)(_symbols.Zero + 9));
        var optional = Fraction.IndexOf(_symbols.Digit, StringComparison.Ordinal);
        (bool Broken, string Code)[] rules =
        [
            (_text.AsSpan().Count(_symbols.DecimalSeparator) > 1, "D3081"),
            (_text.AsSpan().Count(_symbols.Percent) > 1, "D3082"),
            (_text.AsSpan().Count(_symbols.PerMille) > 1, "D3083"),
            (HasPercent && HasPerMille, "D3084"),
            (digits == 0, "D3085"),
            (_active.Any(c => !_symbols.IsActive(c) && c != _symbols.ExponentSeparator), "D3086"),
            (HasPoint && (Whole.EndsWith(separator) || Fraction.StartsWith(separator)), "D3087"),
            (!HasPoint && Whole.EndsWith(separator), "D3088"),
            (_text.Contains(new string(separator, 2), StringComparison.Ordinal), "D3089"),
            (mandatory >= 0 && Whole.IndexOf(_symbols.Digit, mandatory) >= 0, "D3090"),
            (optional >= 0 && Fraction.AsSpan(optional).IndexOfAnyInRange(_symbols.Zero, (char)(_symbols.Zero + 9)) >= 0, "D3091"),
            (Exponent is not null && (HasPercent || HasPerMille), "D3092"),
            (Exponent is not null && (Exponent.Length == 0 || !Exponent.All(_symbols.IsDigit)), "D3093"),
        ];
        return Array.FindLast(rules, r => r.Broken).Code;
    }
}
