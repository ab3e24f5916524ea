using System.Globalization;

namespace Benchmarks;

/// <summary>What all benchmarks do around their rounds: arguments, a folder of their own, medians, lines without a culture.</summary>
internal static class Rounds
{
    /// <param name="arguments">Rounds (default 5) and seconds of each (default 1.5).</param>
    /// <param name="name">Begins the folder's name.</param>
    /// <param name="run">Gets rounds, seconds and a folder that is deleted afterwards.</param>
    internal static async Task<int> RunAsync(string[] arguments, string name, Func<int, double, string, Task> run)
    {
        var rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 5;
        var seconds = arguments.Length > 1 ? double.Parse(arguments[1], CultureInfo.InvariantCulture) : 1.5;
        var folder = Directory.CreateTempSubdirectory(name).FullName;
        SQLitePCL.Batteries_V2.Init();
        try
        {
            await run(rounds, seconds, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    internal static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    internal static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
