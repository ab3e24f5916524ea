namespace Benchmarks.Mapping;

/// <summary>Whether a document of ten times the lines takes ten times as long.</summary>
internal static class LineGrowth
{
    private static readonly int[] Counts = [10, 100, 1_000, 10_000];

    public static void Print(int rounds, double seconds)
    {
        using var mapping = new HubMapping(SalesOrder.Mapping);
        InProcess Of(int lines, int documents) => new(string.Empty, SalesOrder.Documents(documents, lines), mapping.Map);
        // What an order of one line takes is mostly its head's.
        InProcess[] contestants = [Of(1, 20), .. Counts.Select(lines => Of(lines, Math.Max(1, 1_000 / lines)))];
        Race.Measure(contestants, rounds, seconds);
        var head = contestants[0].Slices.Min();
        var lines = contestants.Skip(1).Select((c, i) => (c.Slices.Min() - head) / (Counts[i] - 1)).ToArray();
        Rounds.Print($"minimum ns a line: {string.Join(", ", lines.Select((ns, i) => FormattableString.Invariant($"{ns:F0} of {Counts[i]:N0}")))}; largest to smallest {lines.Max() / lines.Min():F2} (goal 1.20)");
    }
}
