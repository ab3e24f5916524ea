using Benchmarks.Journal;

// The first argument names the benchmark; the rest is its own.
return args switch
{
    ["journal", .. var rest] => await JournalBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project Benchmarks -- journal [ROUNDS] [SECONDS]");
    return 2;
}
