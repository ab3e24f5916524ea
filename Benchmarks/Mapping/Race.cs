using System.Diagnostics;
using System.Text.Json;

namespace Benchmarks.Mapping;

/// <summary>
/// Contestants side by side on one thread, in slices of a few milliseconds that take turns, so that whatever else the machine
/// does disturbs all of them alike.
/// </summary>
internal static class Race
{
    private const double SliceMilliseconds = 4;

    /// <summary>On a busy machine the runtime's compiler gets its turn late.</summary>
    private const double WarmSeconds = 1.5;

    /// <summary>Runs the rounds and leaves the slices' times with the contestants.</summary>
    /// <param name="documents">How many documents each contestant maps; all outputs must be the same JSON.</param>
    /// <returns>For each round the median of every contestant.</returns>
    public static List<double[]> Run(IReadOnlyList<Contestant> contestants, int documents, int rounds, double seconds)
    {
        for (var i = 0; i < documents; i++) Compare(contestants, i);
        return Measure(contestants, rounds, seconds);
    }

    /// <summary>The same for contestants that do not map the same documents.</summary>
    public static List<double[]> Measure(IReadOnlyList<Contestant> contestants, int rounds, double seconds)
    {
        foreach (var contestant in contestants) contestant.Run(WarmSeconds * 1000);
        var medians = new List<double[]>(rounds);
        for (var round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var first = contestants[0].Slices.Count;
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                foreach (var contestant in contestants) contestant.Slices.Add(contestant.Run(SliceMilliseconds));
            }

            medians.Add([.. contestants.Select(c => Rounds.Median(c.Slices.Skip(first)))]);
        }

        return medians;
    }

    /// <summary>A line for each contestant; the first is ours, and each other's ratio is our time by its.</summary>
    public static void Print(string title, IReadOnlyList<Contestant> contestants, List<double[]> medians, double bytes)
    {
        Rounds.Print($"{title}, {bytes:N0} bytes a document");
        for (var i = 0; i < contestants.Count; i++)
        {
            var contestant = contestants[i];
            var median = Rounds.Median(medians.Select(m => m[i]));
            var allocated = contestant.Allocated is { } many ? FormattableString.Invariant($"{many,9:N0} bytes allocated") : string.Empty;
            Rounds.Print($"  {contestant.Name,-34} median {median / 1000,9:N2} µs, minimum {contestant.Slices.Min() / 1000,9:N2} µs, {bytes / median * 1000,6:N0} MB/s{allocated}");
        }
    }

    /// <summary>Our time by the yardstick's: of the medians of each round, and of the minima of all slices.</summary>
    public static void PrintRatio(Contestant ours, Contestant yardstick, List<double[]> medians, int position, string goal) =>
        Rounds.Print($"  hub to {yardstick.Name}: {Rounds.Median(medians.Select(m => m[0] / m[position])):F3} by medians, {ours.Slices.Min() / yardstick.Slices.Min():F3} by minima ({goal})");

    private static void Compare(IReadOnlyList<Contestant> contestants, int document)
    {
        using var expected = JsonDocument.Parse(contestants[0].Output(document));
        foreach (var contestant in contestants.Skip(1))
        {
            using var found = JsonDocument.Parse(contestant.Output(document));
            if (JsonElement.DeepEquals(expected.RootElement, found.RootElement)) continue;
            throw new InvalidOperationException($"Document {document}: {contestants[0].Name} makes\n{expected.RootElement}\nand {contestant.Name}\n{found.RootElement}");
        }
    }
}
