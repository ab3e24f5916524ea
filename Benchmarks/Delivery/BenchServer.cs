using System.Diagnostics;

namespace Benchmarks.Delivery;

/// <summary>A real server, run by <c>eng/servers</c>; it ends with this process.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly Process _process;

    private BenchServer(Process process, string folder)
    {
        _process = process;
        Folder = folder;
    }

    public string Folder { get; }

    public static async Task<BenchServer> StartAsync(string kind, string folder, int port)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "eng", "servers"), ["run", kind, folder, $"{port}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["SERVER_DATA_IS_TEMPORARY"] = "1" },
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("eng/servers did not start.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready") return new BenchServer(process, folder);
        }

        throw new InvalidOperationException($"{kind} did not start on port {port}: look whether it is installed (eng/servers missing) and the port is free.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
