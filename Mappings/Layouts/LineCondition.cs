using System.Text;

namespace Mappings.Layouts;

/// <summary>By what a line is known: one of some ASCII texts at a place.</summary>
internal sealed class LineCondition(int at, IReadOnlyList<string> values)
{
    private readonly byte[][] _values = [.. values.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Place in the line, from 1.</summary>
    public int At { get; } = at;

    /// <summary>Texts of one length.</summary>
    public IReadOnlyList<string> Values { get; } = values;

    public int Length => Values[0].Length;

    /// <param name="found">The part of a line that begins at <see cref="At"/>.</param>
    public bool Fits(ReadOnlySpan<byte> found)
    {
        foreach (var value in _values)
        {
            if (found.StartsWith(value)) return true;
        }

        return false;
    }

    /// <summary>True when some line meets both.</summary>
    public bool Meets(LineCondition other) => Values.Any(a => other.Values.Any(b => Agree(a, At, b, other.At)));

    private static bool Agree(string a, int atA, string b, int atB)
    {
        for (var place = Math.Max(atA, atB); place < Math.Min(atA + a.Length, atB + b.Length); place++)
        {
            if (a[place - atA] != b[place - atB]) return false;
        }

        return true;
    }
}
