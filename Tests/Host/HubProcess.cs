using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Tests.Host;

/// <summary>A real <c>hub run</c> in a process of its own.</summary>
internal sealed class HubProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private HubProcess(Process process, Task<string> errors, Uri address)
    {
        _process = process;
        _errors = errors;
        Address = address;
    }

    /// <summary>Where its ingress listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts the hub and waits until it says that it is ready.</summary>
    public static async Task<HubProcess> StartAsync(string configuration)
    {
        var start = new ProcessStartInfo(DotNet(), [typeof(Hub.Host.Commands.ExitCode).Assembly.Location, "run", "--json", "--config", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The hub did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("ready", out var address))
                return new HubProcess(process, errors, new Uri(address.GetString()!));
        }

        throw new InvalidOperationException($"The hub ended before it was ready: {await errors}");
    }

    /// <summary>The most memory it ever had, in kilobytes, as Linux counts it (VmHWM).</summary>
    public long PeakKilobytes() =>
        long.Parse(
            File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status")).First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..^2].Trim(),
            CultureInfo.InvariantCulture);

    /// <summary>SIGKILL: nothing of the process runs after it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>What it wrote to standard error; complete once it has ended.</summary>
    public Task<string> ErrorsAsync() => _errors;

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    /// <summary>The program that runs these tests is the program that runs the hub.</summary>
    private static string DotNet() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
}
