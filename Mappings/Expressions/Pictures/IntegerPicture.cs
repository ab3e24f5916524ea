using System.Numerics;

namespace Mappings.Expressions.Pictures;

/// <summary>How a whole number is written.</summary>
internal enum Numeral
{
    Decimal,
    Letters,
    Roman,
    Words,
}

/// <summary>The case of letters, Roman signs and words.</summary>
internal enum LetterCase
{
    Lower,
    Upper,
    Title,
}

/// <summary>
/// A picture of a whole number (XPath and XQuery Functions 3.1, section 4.6.1): digits of any script with separators,
/// <c>A a I i W w Ww</c>, and <c>;o</c> for ordinals.
/// </summary>
internal sealed partial class IntegerPicture
{
    /// <summary>Widths beyond this are this one: no text is that long.</summary>
    public const int MaxWidth = 1 << 30;

    private const int MaxRoman = 1_000_000;

    private readonly Numeral _numeral;
    private readonly LetterCase _case;
    private readonly bool _ordinal;
    private readonly char _zero;
    private readonly Grouping _grouping;

    private IntegerPicture(Numeral numeral, LetterCase letters, bool ordinal, char zero = DigitFamily.Ascii, Grouping? grouping = null)
    {
        _numeral = numeral;
        _case = letters;
        _ordinal = ordinal;
        _zero = zero;
        _grouping = grouping ?? new Grouping([]);
    }

    public bool IsDecimal => _numeral == Numeral.Decimal;

    public bool IsGroupedRegularly => _grouping.IsRegular;

    /// <summary>Digits that are always written.</summary>
    public int MandatoryDigits { get; private init; }

    /// <summary>Digits that the picture mentions with <c>#</c>.</summary>
    public int OptionalDigits { get; private init; }

    /// <exception cref="PictureException">D3130 for a sequence that is not known, D3131 for digits of two scripts.</exception>
    public static IntegerPicture Parse(string picture)
    {
        var semicolon = picture.LastIndexOf(';');
        var ordinal = semicolon >= 0 && picture.AsSpan(semicolon + 1).StartsWith("o", StringComparison.Ordinal);
        return Parse(semicolon < 0 ? picture : picture[..semicolon], ordinal);
    }

    public static IntegerPicture Parse(string primary, bool ordinal) => primary switch
    {
        "A" => new IntegerPicture(Numeral.Letters, LetterCase.Upper, ordinal),
        "a" => new IntegerPicture(Numeral.Letters, LetterCase.Lower, ordinal),
        "I" => new IntegerPicture(Numeral.Roman, LetterCase.Upper, ordinal),
        "i" => new IntegerPicture(Numeral.Roman, LetterCase.Lower, ordinal),
        "W" => new IntegerPicture(Numeral.Words, LetterCase.Upper, ordinal),
        "w" => new IntegerPicture(Numeral.Words, LetterCase.Lower, ordinal),
        "Ww" => new IntegerPicture(Numeral.Words, LetterCase.Title, ordinal),
        _ => Digits(primary, ordinal),
    };

    /// <summary>The same picture with so many digits that are always written.</summary>
    public IntegerPicture WithDigits(int digits) => digits == MandatoryDigits
        ? this
        : new IntegerPicture(_numeral, _case, _ordinal, _zero, _grouping) { MandatoryDigits = digits, OptionalDigits = OptionalDigits };

    /// <summary>Writes a whole number. The caller has checked that <see cref="MandatoryDigits"/> may be written.</summary>
    /// <exception cref="PictureException">LIM502 for a Roman number that would never end.</exception>
    public string Format(BigInteger number)
    {
        var size = BigInteger.Abs(number);
        var text = _numeral switch
        {
            Numeral.Letters => LetterNumerals.Format(size, _case == LetterCase.Upper ? 'A' : 'a'),
            Numeral.Roman => Roman(size),
            Numeral.Words => Words(size),
            _ => Digits(size),
        };
        return number.Sign < 0 ? "-" + text : text;
    }

    private static IntegerPicture Digits(string primary, bool ordinal)
    {
        char? family = null;
        var mandatory = 0;
        var optional = 0;
        var separators = new List<(int Position, char Separator)>();
        for (var i = primary.Length - 1; i >= 0; i--)
        {
            var c = primary[i];
            if (DigitFamily.TryZero(c, out var zero))
            {
                family ??= zero;
                if (family != zero) throw new PictureException("D3131");
                mandatory++;
            }
            else if (c == '#') optional++;
            else separators.Add((mandatory + optional, c));
        }

        if (family is null) throw new PictureException("D3130", ("value", primary));
        return new IntegerPicture(Numeral.Decimal, LetterCase.Lower, ordinal, family.Value, new Grouping(separators)) { MandatoryDigits = mandatory, OptionalDigits = optional };
    }

    private string Digits(BigInteger size)
    {
        var digits = size.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(MandatoryDigits, DigitFamily.Ascii);
        var text = _grouping.Apply(DigitFamily.Translate(digits, _zero));
        return _ordinal ? text + Suffix(digits) : text;
    }

    private static string Suffix(string digits)
    {
        if (digits is [.., '1', _]) return "th";
        return digits[^1] switch { '1' => "st", '2' => "nd", '3' => "rd", _ => "th" };
    }

    private string Roman(BigInteger size)
    {
        if (size > MaxRoman) throw new PictureException("LIM502", ("limit", $"{MaxRoman / 1000}"), ("total", $"{MaxRoman / 1000}"));
        var text = RomanNumerals.Format((int)size);
        return _case == LetterCase.Upper ? text : text.ToLowerInvariant();
    }

    private string Words(BigInteger size)
    {
        var words = NumberWords.Format(size, _ordinal);
        return _case switch { LetterCase.Upper => words.ToUpperInvariant(), LetterCase.Title => NumberWords.Title(words), _ => words };
    }
}
