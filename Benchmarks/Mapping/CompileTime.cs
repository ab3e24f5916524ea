using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Benchmarks.Mapping;

/// <summary>How long a mapping of 100 fields takes from the text of its file to a plan: paths, expressions, types, maps, a list.</summary>
internal static class CompileTime
{
    private const int Fields = 100;
    private const int Measured = 101;
    private const double WarmSeconds = 1.5;

    public static void Print()
    {
        var yaml = Mapping();
        var cold = Measure(yaml);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < WarmSeconds) Measure(yaml);
        var times = new double[Measured];
        for (var i = 0; i < times.Length; i++) times[i] = Measure(yaml);
        Rounds.Print($"compiling {Fields} fields: {cold:F1} ms cold, median {Rounds.Median(times):F2} ms warm, minimum {times.Min():F2} ms (goal 20 ms warm)");
    }

    private static double Measure(string yaml)
    {
        var watch = Stopwatch.StartNew();
        HubMapping.Compile(yaml);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static string Mapping()
    {
        var text = new StringBuilder("mapping: wide\nversion: 1\nlet:\n  live: = lines[cancelled = false]\nfields:\n");
        for (var i = 0; i < Fields - 10; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  field{i}: ").AppendLine((i % 6) switch
            {
                0 => $"header.part{i}.name",
                1 => $"= $uppercase($trim(header.text{i})) & \"-\" & header.no",
                2 => $"{{ from: header.date{i}, type: date, in: yyyyMMdd }}",
                3 => $"{{ expr: amount{i} * (1 + rate / 100), type: decimal, scale: 2 }}",
                4 => $"{{ from: code{i}, map: {{ A: active, B: blocked }}, else: unknown }}",
                _ => $"{{ from: note{i}, required: false, max_length: 200, too_long: cut }}",
            });
        }

        text.AppendLine("  items:\n    each: = $live\n    fields:");
        for (var i = 0; i < 9; i++) text.AppendLine(CultureInfo.InvariantCulture, $"      value{i}: = qty * price{i}");
        return text.ToString();
    }
}
