using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;

namespace Mappings.Mapping.Temporal;

/// <summary>
/// A written form of date and time: <c>yyyy MM M dd d HH H mm ss</c>, <c>f</c> to <c>fffffff</c> for the fraction,
/// <c>K</c> for the offset, <c>'text'</c>; every other character that is no Latin letter, and <c>T</c> and <c>Z</c>,
/// stand for themselves. Unicode's letters (UTS 35), of which these are the ones that have one meaning.
/// </summary>
internal sealed class TemporalPattern
{
    private readonly List<Piece> _pieces = [];

    private TemporalPattern(string text) => Text = text;

    public string Text { get; }

    public bool HasDay { get; private set; }

    public bool HasAnyDate { get; private set; }

    public bool HasHour { get; private set; }

    public bool HasAnyTime { get; private set; }

    public bool HasOffset { get; private set; }

    /// <param name="wrong">The part of the text that is no form.</param>
    public static TemporalPattern? Parse(string text, out string wrong)
    {
        var pattern = new TemporalPattern(text);
        wrong = string.Empty;
        for (var i = 0; i < text.Length;)
        {
            var length = Run(text, i);
            var part = text.Substring(i, length);
            if (text[i] == '\'')
            {
                var end = text.IndexOf('\'', i + 1);
                if (end < 0)
                {
                    wrong = text[i..];
                    return null;
                }

                pattern.Literal(text[(i + 1)..end]);
                length = end - i + 1;
            }
            else if (Token(part) is { } token) pattern._pieces.Add(new Piece(token, length, []));
            else if (char.IsAsciiLetter(text[i]) && part is not ("T" or "Z"))
            {
                wrong = part;
                return null;
            }
            else pattern.Literal(part);

            i += length;
        }

        pattern.Look();
        return pattern._pieces.Count == 0 ? null : pattern;
    }

    public bool TryRead(ReadOnlySpan<byte> utf8, ref TemporalParts parts)
    {
        parts = new TemporalParts { HasDate = HasAnyDate, HasTime = HasAnyTime };
        foreach (ref readonly var piece in CollectionsMarshal.AsSpan(_pieces))
        {
            var fits = piece.Token switch
            {
                Part.Literal => TryLiteral(ref utf8, piece.Utf8),
                Part.Year => IsoTime.TryDigits(ref utf8, 4, out parts.Year),
                Part.Month => TryNumber(ref utf8, piece.Width, out parts.Month),
                Part.Day => TryNumber(ref utf8, piece.Width, out parts.Day),
                Part.Hour => TryNumber(ref utf8, piece.Width, out parts.Hour),
                Part.Minute => TryNumber(ref utf8, piece.Width, out parts.Minute),
                Part.Second => TryNumber(ref utf8, piece.Width, out parts.Second),
                Part.Fraction => TryFraction(ref utf8, piece.Width, ref parts),
                _ => IsoTime.TryOffset(ref utf8, ref parts),
            };
            if (!fits) return false;
        }

        return utf8.IsEmpty;
    }

    /// <param name="destination">Room for <see cref="MaxLength"/> bytes.</param>
    public int Write(in TemporalParts parts, Span<byte> destination)
    {
        var at = 0;
        foreach (ref readonly var piece in CollectionsMarshal.AsSpan(_pieces))
        {
            var rest = destination[at..];
            at += piece.Token switch
            {
                Part.Literal => Copy(piece.Utf8, rest),
                Part.Year => Digits(parts.Year, 4, rest),
                Part.Month => Digits(parts.Month, piece.Width, rest),
                Part.Day => Digits(parts.Day, piece.Width, rest),
                Part.Hour => Digits(parts.Hour, piece.Width, rest),
                Part.Minute => Digits(parts.Minute, piece.Width, rest),
                Part.Second => Digits(parts.Second, piece.Width, rest),
                Part.Fraction => Digits(parts.Fraction / (int)Math.Pow(10, 7 - piece.Width), piece.Width, rest),
                _ => Offset(parts.OffsetMinutes, rest),
            };
        }

        return at;
    }

    /// <summary>The most bytes <see cref="Write"/> needs.</summary>
    public int MaxLength => _pieces.Sum(p => p.Token == Part.Literal ? p.Utf8.Length : 8);

    private static int Run(string text, int start)
    {
        if (!char.IsAsciiLetter(text[start])) return 1;
        var end = start + 1;
        while (end < text.Length && text[end] == text[start]) end++;
        return end - start;
    }

    private static Part? Token(string part) => part switch
    {
        "yyyy" => Part.Year,
        "MM" or "M" => Part.Month,
        "dd" or "d" => Part.Day,
        "HH" or "H" => Part.Hour,
        "mm" => Part.Minute,
        "ss" => Part.Second,
        "K" => Part.Offset,
        _ => part[0] == 'f' && part.Length <= 7 ? Part.Fraction : null,
    };

    private void Literal(string text) => _pieces.Add(new Piece(Part.Literal, 0, Encoding.UTF8.GetBytes(text)));

    private void Look()
    {
        bool Has(Part token) => _pieces.Exists(p => p.Token == token);
        HasAnyDate = Has(Part.Year) || Has(Part.Month) || Has(Part.Day);
        HasDay = Has(Part.Year) && Has(Part.Month) && Has(Part.Day);
        HasHour = Has(Part.Hour);
        HasAnyTime = HasHour || Has(Part.Minute) || Has(Part.Second) || Has(Part.Fraction);
        HasOffset = Has(Part.Offset);
    }

    private static bool TryLiteral(ref ReadOnlySpan<byte> utf8, byte[] literal)
    {
        if (!utf8.StartsWith(literal)) return false;
        utf8 = utf8[literal.Length..];
        return true;
    }

    /// <summary>A single letter takes one or two digits, a double one takes two.</summary>
    private static bool TryNumber(ref ReadOnlySpan<byte> utf8, int width, out int number)
    {
        var digits = width == 1 && (utf8.Length < 2 || (uint)utf8[1] - '0' > 9) ? 1 : 2;
        return IsoTime.TryDigits(ref utf8, digits, out number);
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> utf8, int width, ref TemporalParts parts)
    {
        if (utf8.Length < width) return false;
        var digits = utf8[..width];
        if (!IsoTime.TryFraction(ref digits, ref parts) || !digits.IsEmpty) return false;
        utf8 = utf8[width..];
        return true;
    }

    private static int Copy(byte[] literal, Span<byte> destination)
    {
        literal.CopyTo(destination);
        return literal.Length;
    }

    private static int Digits(int number, int width, Span<byte> destination)
    {
        if (width == 1)
        {
            Utf8Formatter.TryFormat(number, destination, out var written);
            return written;
        }

        for (var i = width - 1; i >= 0; i--, number /= 10) destination[i] = (byte)('0' + (number % 10));
        return width;
    }

    private static int Offset(int minutes, Span<byte> destination)
    {
        if (minutes == 0)
        {
            destination[0] = (byte)'Z';
            return 1;
        }

        destination[0] = (byte)(minutes < 0 ? '-' : '+');
        minutes = Math.Abs(minutes);
        Digits(minutes / 60, 2, destination[1..]);
        destination[3] = (byte)':';
        Digits(minutes % 60, 2, destination[4..]);
        return 6;
    }

    private enum Part
    {
        Literal,
        Year,
        Month,
        Day,
        Hour,
        Minute,
        Second,
        Fraction,
        Offset,
    }

    private readonly record struct Piece(Part Token, int Width, byte[] Utf8);
}
