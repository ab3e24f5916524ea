using System.Globalization;

namespace Benchmarks.Delivery;

/// <summary>Seconds of CPU so far of a forwarder, the broker and the database, as Linux counts them: whatever else the machine does is not in them.</summary>
internal readonly record struct CpuTimes(double Forwarder, double Broker, double Database)
{
    private const double Tick = 100;

    public static CpuTimes Now(IReadOnlyList<int> forwarders, string brokerFolder, string databaseFolder) =>
        new(forwarders.Sum(Tree), PidIn(Directory.EnumerateFiles(Path.Combine(brokerFolder, "mnesia"), "*.pid").FirstOrDefault()) is { } broker ? Of(broker, false) : 0, Tree(PidIn(Path.Combine(databaseFolder, "data", "postmaster.pid")) ?? 0));

    public static CpuTimes operator -(CpuTimes left, CpuTimes right) =>
        new(left.Forwarder - right.Forwarder, left.Broker - right.Broker, left.Database - right.Database);

    /// <summary>Resident memory of a process and its children, in megabytes.</summary>
    public static double Megabytes(int pid) => Status(pid, "VmRSS:") / 1000.0 + Children(pid).Sum(Megabytes);

    private static double Tree(int pid) => pid == 0 ? 0 : Of(pid, true) + Children(pid).Sum(Tree);

    private static int? PidIn(string? file) =>
        file is not null && File.Exists(file) && int.TryParse(File.ReadLines(file).First().Trim(), CultureInfo.InvariantCulture, out var pid) ? pid : null;

    private static IEnumerable<int> Children(int pid)
    {
        var file = $"/proc/{pid}/task/{pid}/children";
        return File.Exists(file) ? File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture)) : [];
    }

    private static double Of(int pid, bool withReaped)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{pid}/stat");
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            double Field(int index) => double.Parse(fields[index], CultureInfo.InvariantCulture);
            return (Field(11) + Field(12) + (withReaped ? Field(13) + Field(14) : 0)) / Tick;
        }
        catch (IOException)
        {
            // It has ended.
            return 0;
        }
    }

    private static long Status(int pid, string name)
    {
        try
        {
            return long.Parse(File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^2].Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended.
            return 0;
        }
    }
}
