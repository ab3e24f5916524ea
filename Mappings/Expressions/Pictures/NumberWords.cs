using System.Numerics;
using System.Text;

namespace Mappings.Expressions.Pictures;

/// <summary>Whole numbers in English words, as <c>$formatInteger(…, "w")</c> writes them.</summary>
internal static class NumberWords
{
    private const int Hundred = 100;
    private const int Thousand = 1000;

    private static readonly string[] Few =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Ordinals =
    [
        "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
        "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>A trillion trillion is the way on beyond the last one.</summary>
    private static readonly string[] Magnitudes = ["thousand", "million", "billion", "trillion"];

    private static readonly Dictionary<string, BigInteger> Values = All();

    /// <summary>In lower case; the number must not be negative.</summary>
    public static string Format(BigInteger number, bool ordinal)
    {
        var text = new StringBuilder();
        Write(text, number, follows: false, ordinal);
        return text.ToString();
    }

    /// <summary>Words begin with a capital, except "and".</summary>
    public static string Title(string words)
    {
        var result = new StringBuilder(words);
        for (var i = 0; i < result.Length; i++)
        {
            var begins = i == 0 || words[i - 1] is ' ' or '-';
            if (begins && !words.AsSpan(i).StartsWith("and ", StringComparison.Ordinal)) result[i] = char.ToUpperInvariant(words[i]);
        }

        return result.ToString();
    }

    /// <summary>The number that words in any case say, cardinal or ordinal; null when one of them is no number.</summary>
    public static BigInteger? Parse(ReadOnlySpan<char> text)
    {
        var parts = new Stack<BigInteger>();
        var afterMagnitude = false;
        var any = false;
        foreach (var word in text.ToString().ToLowerInvariant().Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "and") continue;
            if (!Values.TryGetValue(word, out var value)) return null;
            any = true;
            if (value < Hundred)
            {
                parts.Push(!afterMagnitude && parts.Count > 0 ? parts.Pop() + value : value);
                afterMagnitude = false;
            }
            else if (value == Hundred)
            {
                parts.Push((!afterMagnitude && parts.Count > 0 ? parts.Pop() : BigInteger.One) * Hundred);
                afterMagnitude = false;
            }
            else
            {
                parts.Push(Multiplier(parts, value, afterMagnitude) * value);
                afterMagnitude = true;
            }
        }

        return any ? parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part) : null;
    }

    public static bool IsWordCharacter(char c) => char.IsAsciiLetter(c) || c is ' ' or ',' or '-';

    /// <summary>What a magnitude counts: all that was said since a larger one, or the number just before it ("thousand trillion").</summary>
    private static BigInteger Multiplier(Stack<BigInteger> parts, BigInteger magnitude, bool afterMagnitude)
    {
        if (parts.Count == 0) return BigInteger.One;
        if (afterMagnitude) return parts.Pop();
        BigInteger sum = 0;
        while (parts.Count > 0 && parts.Peek() < magnitude) sum += parts.Pop();
        return sum;
    }

    private static void Write(StringBuilder text, BigInteger number, bool follows, bool ordinal)
    {
        if (number < Few.Length)
        {
            text.Append(follows ? " and " : string.Empty).Append((ordinal ? Ordinals : Few)[(int)number]);
            return;
        }

        if (number < Hundred)
        {
            var tens = Tens[((int)number / 10) - 2];
            var rest = (int)number % 10;
            text.Append(follows ? " and " : string.Empty);
            if (rest == 0) text.Append(ordinal ? tens[..^1] + "ieth" : tens);
            else text.Append(tens).Append('-').Append((ordinal ? Ordinals : Few)[rest]);
            return;
        }

        text.Append(follows ? ", " : string.Empty);
        var magnitude = -1;
        BigInteger unit = Hundred;
        while (magnitude < Magnitudes.Length - 1 && number >= BigInteger.Pow(Thousand, magnitude + 2)) unit = BigInteger.Pow(Thousand, ++magnitude + 1);
        var count = BigInteger.DivRem(number, unit, out var remainder);
        Write(text, count, follows: false, ordinal: false);
        text.Append(' ').Append(magnitude < 0 ? "hundred" : Magnitudes[magnitude]);
        if (remainder > 0) Write(text, remainder, follows: true, ordinal);
        else if (ordinal) text.Append("th");
    }

    private static Dictionary<string, BigInteger> All()
    {
        var values = new Dictionary<string, BigInteger>(StringComparer.Ordinal) { ["hundred"] = Hundred, ["hundredth"] = Hundred };
        for (var i = 0; i < Few.Length; i++) values[Few[i]] = values[Ordinals[i]] = i;
        for (var i = 0; i < Tens.Length; i++) values[Tens[i]] = values[Tens[i][..^1] + "ieth"] = (i + 2) * 10;
        for (var i = 0; i < Magnitudes.Length; i++) values[Magnitudes[i]] = values[Magnitudes[i] + "th"] = BigInteger.Pow(Thousand, i + 1);
        return values;
    }
}
