namespace Benchmarks.Delivery;

/// <summary>
/// Queue, mapping, queue over RabbitMQ: the hub beside what others do, with broker and database on the same cores, in interleaved
/// rounds. What is compared are medians and ratios.
/// </summary>
internal static class DeliveryBenchmark
{
    private const int Pace = 500;
    private const double PaceSeconds = 20;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (DeliveryOptions.Read(arguments) is not { } options)
        {
            Console.Error.WriteLine($"usage: dotnet run -c Release --project Benchmarks -- {DeliveryOptions.Usage}");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("delivery-bench-").FullName;

        // PostgreSQL runs as a user of its own when this runs as root.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        try
        {
            await using var broker = await BenchServer.StartAsync("rabbitmq", Path.Combine(folder, "rabbitmq"), options.BrokerPort);
            await using var database = await BenchServer.StartAsync("postgresql", Path.Combine(folder, "postgresql"), options.DatabasePort);
            await using var queues = await Queues.OpenAsync(options.BrokerPort);
            var bench = new BenchContext(queues, broker.Folder, database.Folder, folder, options.Classic ? "classic" : "quorum");
            var contenders = HubContenders.All(options, folder).Concat(await YardsticksAsync(options, folder)).Where(c => options.Takes(c.Name)).ToList();
            if (options.Long is { } length) return await HourRun.RunAsync(contenders[0], bench, length);
            return options.Latency ? await LatencyAsync(contenders, bench, options) : await ThroughputAsync(contenders, bench, options);
        }
        finally
        {
            // The servers remove theirs; logs of those that failed stay.
            if (Directory.GetFiles(folder, "*.failed").Length == 0) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IEnumerable<Contender>> YardsticksAsync(DeliveryOptions options, string folder)
    {
        if (!Directory.Exists(options.Yardsticks))
        {
            Rounds.Print($"no yardsticks in {options.Yardsticks}: the hub alone");
            return [];
        }

        var yardsticks = new Yardsticks(options.Yardsticks, Directory.CreateDirectory(Path.Combine(folder, "yardsticks")).FullName, Postgres.Connection(options.DatabasePort, "postgres"));
        await yardsticks.BuildAsync();
        return yardsticks.All();
    }

    private static async Task<int> ThroughputAsync(List<Contender> contenders, BenchContext bench, DeliveryOptions options)
    {
        var results = contenders.ToDictionary(c => c.Name, _ => new List<ThroughputRun.Result>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                if (await ThroughputRun.MeasureAsync(contender, bench, options.Messages) is { } result)
                {
                    results[contender.Name].Add(result);
                    Rounds.Print($"round {round} {contender.Name,-22} {result.PerSecond,8:F0}/s   cpu us a message: {result.Cpu.Forwarder,5:F1} forwarder {result.Cpu.Broker,5:F1} broker {result.Cpu.Database,5:F1} database = {result.CpuOfAll,5:F1}   {result.CommitsPerHundred?.ToString("F2", null) ?? "-",5} commits per 100   {result.Megabytes:F0} MB");
                }
                else
                {
                    File.Copy(bench.Log(contender.Name), bench.Log(contender.Name) + ".failed", overwrite: true);
                    Rounds.Print($"round {round} {contender.Name,-22} did not get through; see {bench.Log(contender.Name)}");
                }
            }
        }

        Ratios(results);
        return results.Values.Any(r => r.Count == 0) ? 1 : 0;
    }

    /// <summary>Rates beside each other, and, since a machine that is busy otherwise moves them, what they cost.</summary>
    private static void Ratios(Dictionary<string, List<ThroughputRun.Result>> results)
    {
        Rounds.Print($"");
        foreach (var (hub, yardstick, goal) in HubContenders.Goals)
        {
            if (!results.TryGetValue(hub, out var ours) || !results.TryGetValue(yardstick, out var theirs) || ours.Count == 0 || theirs.Count == 0) continue;
            var rate = Rounds.Median(ours.Select(r => r.PerSecond)) / Rounds.Median(theirs.Select(r => r.PerSecond));
            var cpu = Rounds.Median(theirs.Select(r => r.CpuOfAll)) / Rounds.Median(ours.Select(r => r.CpuOfAll));
            Rounds.Print($"{hub} beside {yardstick}: {rate:F2} by the clock, {cpu:F2} by cpu of all (goal {goal:F2})");
        }
    }

    private static async Task<int> LatencyAsync(List<Contender> contenders, BenchContext bench, DeliveryOptions options)
    {
        var results = contenders.ToDictionary(c => c.Name, _ => new List<(double P50, double P99)>());
        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var times = await LatencyRun.MeasureAsync(contender, bench, Pace, PaceSeconds);
                if (times.Length == 0) continue;
                results[contender.Name].Add((times[times.Length / 2], times[times.Length * 99 / 100]));
                Rounds.Print($"round {round} {contender.Name,-22} at {Pace}/s: p50 {results[contender.Name][^1].P50:F2} ms, p99 {results[contender.Name][^1].P99:F2} ms, {times.Length} messages");
            }
        }

        const string yardstick = "pg-batch100";
        foreach (var (name, ours) in results.Where(r => r.Key != yardstick && r.Value.Count > 0))
        {
            if (!results.TryGetValue(yardstick, out var theirs) || theirs.Count == 0) continue;
            Rounds.Print($"{name} beside {yardstick}: p50 {Rounds.Median(ours.Select(r => r.P50)) / Rounds.Median(theirs.Select(r => r.P50)):F2} times (goal 1.50), p99 {Rounds.Median(ours.Select(r => r.P99)) / Rounds.Median(theirs.Select(r => r.P99)):F2} times (goal 2.00)");
        }

        return results.Values.Any(r => r.Count == 0) ? 1 : 0;
    }
}
