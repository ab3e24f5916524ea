using Benchmarks.Delivery;
using Benchmarks.Engine;
using Benchmarks.Formats;
using Benchmarks.Ingress;
using Benchmarks.Journal;
using Benchmarks.Mapping;

// The first argument names the benchmark; the rest is its own.
return args switch
{
    ["delivery", .. var rest] => await DeliveryBenchmark.RunAsync(rest),
    ["engine", .. var rest] => await EngineBenchmark.RunAsync(rest),
    ["formats", .. var rest] => FormatsBenchmark.Run(rest),
    ["ingress", .. var rest] => await IngressBenchmark.RunAsync(rest),
    ["journal", .. var rest] => await JournalBenchmark.RunAsync(rest),
    ["mapping", .. var rest] => await MappingBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project Benchmarks -- delivery|engine|formats|ingress|journal|mapping [ROUNDS] [SECONDS]");
    return 2;
}
