using System.Text;

namespace Mappings.Expressions.Pictures;

/// <summary>A picture of <c>$formatNumber</c>: one sub-picture, or one for positive and one for negative numbers.</summary>
internal sealed class NumberPicture
{
    private const int PercentPower = 2;
    private const int PerMillePower = 3;

    private readonly NumberSubPicture _positive;
    private readonly NumberSubPicture _negative;
    private readonly NumberSymbols _symbols;
    private readonly string _minus;

    private NumberPicture(NumberSubPicture positive, NumberSubPicture? negative, NumberSymbols symbols)
    {
        _positive = positive;
        _negative = negative ?? positive;
        _minus = negative is null ? symbols.MinusSign : string.Empty;
        _symbols = symbols;
    }

    /// <exception cref="PictureException">D3080 to D3093.</exception>
    public static NumberPicture Parse(string picture, NumberSymbols symbols)
    {
        var parts = picture.Split(symbols.PatternSeparator);
        if (parts.Length > 2) throw new PictureException("D3080");
        return new NumberPicture(NumberSubPicture.Parse(parts[0], symbols), parts.Length == 1 ? null : NumberSubPicture.Parse(parts[1], symbols), symbols);
    }

    public string Format(DecimalDigits number)
    {
        var picture = number.IsNegative ? _negative : _positive;
        var size = number.Absolute().TimesTen(picture.IsPercent ? PercentPower : picture.IsPerMille ? PerMillePower : 0);
        var exponent = 0;
        if (picture.HasExponent && !size.Unscaled.IsZero)
        {
            exponent = size.Magnitude - picture.ScalingFactor;
            size = size.TimesTen(-exponent);
        }

        var (whole, fraction) = size.Split(picture.MostFraction);
        whole = whole.TrimStart(DigitFamily.Ascii).PadLeft(picture.LeastWhole, DigitFamily.Ascii);
        var kept = fraction.Length;
        while (kept > picture.LeastFraction && fraction[kept - 1] == DigitFamily.Ascii) kept--;
        fraction = fraction[..kept];

        var text = new StringBuilder(number.IsNegative ? _minus : string.Empty).Append(picture.Prefix);
        text.Append(picture.WholeGrouping.Apply(DigitFamily.Translate(whole, _symbols.Zero)));
        if (fraction.Length > 0) text.Append(_symbols.DecimalSeparator).Append(Spaced(DigitFamily.Translate(fraction, _symbols.Zero), picture));
        if (picture.HasExponent)
        {
            text.Append(_symbols.ExponentSeparator).Append(exponent < 0 ? _symbols.MinusSign : string.Empty);
            var digits = Math.Abs(exponent).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(picture.LeastExponent, DigitFamily.Ascii);
            text.Append(DigitFamily.Translate(digits, _symbols.Zero));
        }

        return text.Append(picture.Suffix).ToString();
    }

    /// <summary>Separators behind the point stand where they were written, never further.</summary>
    private string Spaced(string fraction, NumberSubPicture picture)
    {
        if (picture.FractionSeparators.Count == 0) return fraction;
        var text = new StringBuilder(fraction);
        for (var i = picture.FractionSeparators.Count - 1; i >= 0; i--)
        {
            var at = picture.FractionSeparators[i];
            if (at < fraction.Length) text.Insert(at, _symbols.GroupingSeparator);
        }

        return text.ToString();
    }
}
