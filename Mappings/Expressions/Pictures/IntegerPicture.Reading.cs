using System.Globalization;
using System.Numerics;
using System.Text;

namespace Mappings.Expressions.Pictures;

/// <summary>Reading what a picture of a whole number wrote.</summary>
internal sealed partial class IntegerPicture
{
    /// <summary>The longest text that can be a number; its reading takes quadratic time.</summary>
    private const int MaxDigits = 1000;

    /// <summary>True for a character that can be part of a number of this picture: how far a longer text may belong to it.</summary>
    public bool Takes(char c) => _numeral switch
    {
        Numeral.Letters => char.IsAsciiLetter(c),
        Numeral.Roman => RomanNumerals.IsSign(char.ToUpperInvariant(c)),
        Numeral.Words => NumberWords.IsWordCharacter(c),
        _ => DigitFamily.IsDigit(c, _zero) || _grouping.Contains(c) || (_ordinal && char.IsAsciiLetter(c)),
    };

    /// <summary>The number a text says; null when it is not written in this picture's manner. Words may be in any case.</summary>
    public BigInteger? Read(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxDigits) return null;
        if (text is ['-', ..]) return -Read(text[1..]);
        switch (_numeral)
        {
            case Numeral.Letters: return LetterNumerals.Parse(text, _case == LetterCase.Upper ? 'A' : 'a') is { Sign: >= 0 } letters ? letters : null;
            case Numeral.Roman: return RomanNumerals.Parse(text, _case == LetterCase.Upper) is >= 0 and var roman ? roman : null;
            case Numeral.Words: return NumberWords.Parse(text);
            default: return Digits(text);
        }
    }

    private BigInteger? Digits(ReadOnlySpan<char> text)
    {
        if (_ordinal)
        {
            if (text.Length < 3 || text[^2..].ToString().ToLowerInvariant() is not ("st" or "nd" or "rd" or "th")) return null;
            text = text[..^2];
        }

        var digits = new StringBuilder();
        foreach (var c in text)
        {
            if (_grouping.Contains(c)) continue;
            if (!DigitFamily.IsDigit(c, _zero)) return null;
            digits.Append((char)(c - _zero + DigitFamily.Ascii));
        }

        return digits.Length == 0 ? null : BigInteger.Parse(digits.ToString(), CultureInfo.InvariantCulture);
    }
}
