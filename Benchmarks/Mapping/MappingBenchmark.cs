namespace Benchmarks.Mapping;

/// <summary>
/// Mapping files beside the same conversions written by hand, typed and in JavaScript: bytes in, bytes out, on one thread.
/// Before anything is timed, all outputs are compared; numbers by their value.
/// </summary>
internal static class MappingBenchmark
{
    private const int Records = 2_000;
    private const int MaxAllocated = 1024;

    internal static Task<int> RunAsync(string[] arguments) => Rounds.RunAsync(arguments, "mapping-bench", (rounds, seconds, folder) =>
    {
        CompileTime.Print();
        OrderRace(rounds, seconds);
        FlatRace(rounds, seconds);
        SalesOrderRace("sales order, 4 lines", SalesOrder.Documents(500, 4), folder, rounds, seconds);
        SalesOrderRace("sales order, 1,000 lines", SalesOrder.Documents(4, 1_000), folder, rounds, seconds);
        LineGrowth.Print(rounds, seconds);
        return Task.CompletedTask;
    });

    private static void OrderRace(int rounds, double seconds)
    {
        byte[][] documents = [Order.Document()];
        using var mapping = new HubMapping(Order.Mapping);
        using var check = new HubMapping(Order.Mapping + Order.Check);
        Contestant[] contestants = [new InProcess("hub", documents, mapping.Map), new InProcess("JsonDocument by hand", documents, Order.ByHand), new InProcess("hub with a check", documents, check.Map)];
        var medians = Race.Run(contestants, documents.Length, rounds, seconds);
        Race.Print("ERP order, 5 lines", contestants, medians, documents[0].Length);
        Race.PrintRatio(contestants[0], contestants[1], medians, 1, $"goal 1.20; at most {MaxAllocated:N0} bytes allocated");
    }

    private static void FlatRace(int rounds, double seconds)
    {
        var documents = FlatRecord.Documents(Records);
        using var mapping = new HubMapping(FlatRecord.Mapping);
        Contestant[] contestants = [new InProcess("hub", documents, mapping.Map), new InProcess("JsonDocument by hand", documents, FlatRecord.ByHand)];
        var medians = Race.Run(contestants, documents.Count, rounds, seconds);
        Race.Print("flat record, 10 of 20 fields", contestants, medians, documents.Average(d => d.Length));
        Race.PrintRatio(contestants[0], contestants[1], medians, 1, $"goal 1.00; at most {MaxAllocated:N0} bytes allocated");
    }

    private static void SalesOrderRace(string title, List<byte[]> documents, string folder, int rounds, double seconds)
    {
        using var mapping = new HubMapping(SalesOrder.Mapping);
        using var node = JsonataJs.Start(folder, SalesOrder.Expression, documents);
        List<Contestant> contestants = [new InProcess("hub", documents, mapping.Map), new InProcess("JsonDocument by hand", documents, SalesOrderByHand.Map), new InProcess("AutoMapper, generated serializers", documents, TypedSalesOrder.Map)];
        if (node is not null) contestants.Add(node);
        var medians = Race.Run(contestants, documents.Count, rounds, seconds);
        Race.Print(title, contestants, medians, documents.Average(d => d.Length));
        Race.PrintRatio(contestants[0], contestants[1], medians, 1, "goal 1.20");
        Race.PrintRatio(contestants[0], contestants[2], medians, 2, "goal below 1.00");
        if (node is not null) Race.PrintRatio(contestants[0], node, medians, 3, "goal 0.04");
    }
}
