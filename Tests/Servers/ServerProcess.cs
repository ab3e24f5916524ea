using System.Diagnostics;
using Tests.Architecture;

namespace Tests.Servers;

/// <summary>
/// One real server, run by <c>eng/servers</c> in a folder of its own. It is stopped when this process ends, however it ends:
/// its standard input is a pipe from here.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServerProcess(Process process, string folder)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Folder = folder;
    }

    /// <summary>Where its data and its log are.</summary>
    public string Folder { get; }

    public static async Task<ServerProcess> StartAsync(string kind, string folder, params int[] ports)
    {
        var start = new ProcessStartInfo(System.IO.Path.Combine(Repository.Root, "eng", "servers"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SERVER_DATA_IS_TEMPORARY"] = "1" },
        };
        foreach (var argument in new[] { "run", kind, folder }.Concat(ports.Select(p => $"{p}"))) start.ArgumentList.Add(argument);
        var server = new ServerProcess(Process.Start(start) ?? throw new InvalidOperationException("eng/servers did not start."), folder);
        await server.AnswerAsync("ready");
        return server;
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => OrderAsync("kill", "killed");

    public Task StopAsync() => OrderAsync("stop", "stopped");

    /// <summary>Starts it again on the same data; returns when it answers.</summary>
    public Task StartAgainAsync() => OrderAsync("start", "ready");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task OrderAsync(string order, string answer)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        await AnswerAsync(answer);
    }

    private async Task AnswerAsync(string expected)
    {
        var line = await _process.StandardOutput.ReadLineAsync();
        if (line != expected) throw new InvalidOperationException($"eng/servers said '{line}', not '{expected}': {(line is null ? await _errors : "")}");
    }
}
