using System.Numerics;

namespace Mappings.Expressions.Pictures;

/// <summary>A, B … Z, AA, AB …: a spreadsheet's columns. There is none for zero.</summary>
internal static class LetterNumerals
{
    private const int Letters = 26;

    public static string Format(BigInteger number, char first)
    {
        var text = new List<char>();
        for (; number > 0; number = (number - 1) / Letters) text.Add((char)(first + (int)((number - 1) % Letters)));
        text.Reverse();
        return string.Concat(text);
    }

    /// <summary>The number of a text, whose letters begin with <paramref name="first"/>; -1 when it has others.</summary>
    public static BigInteger Parse(ReadOnlySpan<char> text, char first)
    {
        BigInteger number = 0;
        foreach (var c in text)
        {
            if (c < first || c >= first + Letters) return -1;
            number = (number * Letters) + (c - first + 1);
        }

        return text.IsEmpty ? -1 : number;
    }
}
