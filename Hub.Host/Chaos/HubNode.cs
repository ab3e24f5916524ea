using System.Diagnostics;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Core.Runtime;
using Mappings.Diagnostics;

namespace Hub.Host.Chaos;

/// <summary>One real <c>hub run</c> in a process of its own.</summary>
internal sealed class HubNode : IDisposable
{
    private const int LinesKept = 30;

    private readonly Process _process;
    private readonly Queue<string> _lines = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubNode(Process process, int number, string? armed)
    {
        _process = process;
        Number = number;
        Armed = armed;
    }

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>The place at which it will stop; null for none.</summary>
    public string? Armed { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public int ProcessId => _process.Id;

    /// <summary>Completes when a thread has come to the place at which it is to stop.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Starts a node and waits until it says that it takes messages.</summary>
    /// <param name="program">How a hub is started on this machine.</param>
    /// <param name="arguments">After <c>run --json</c>.</param>
    /// <param name="environment">Variables of the child.</param>
    /// <param name="number">The node's number.</param>
    /// <param name="armed">A place at which it is to stop, as <see cref="FaultPoint.Variable"/> takes it; null for none.</param>
    /// <param name="cancellationToken">Ends the wait and the process.</param>
    public static async Task<HubNode> StartAsync(
        HubProgram program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, int number, string? armed, CancellationToken cancellationToken)
    {
        var start = program.Start(["run", "--json", .. arguments]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment[FaultPoint.Variable] = armed ?? string.Empty;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var node = new HubNode(process, number, armed);
        process.ErrorDataReceived += (_, line) => node.Said(line.Data);
        process.BeginErrorReadLine();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                using var document = JsonDocument.Parse(line);
                if (!document.RootElement.TryGetProperty("ready", out var address)) continue;
                node.Address = new Uri(address.GetString()!);
                return node;
            }

            await process.WaitForExitAsync(cancellationToken);
            throw new PermanentException(Finding.Error("HUB970", SourcePosition.None, string.Empty, ("exit", $"{process.ExitCode}"), ("said", node.LastLines())));
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <summary>Nobody but a fault may end a node: throws when this one has ended by itself.</summary>
    /// <exception cref="PermanentException">HUB971, with what it said last.</exception>
    public void ThrowIfEnded()
    {
        if (_process.HasExited)
            throw new PermanentException(Finding.Error("HUB971", new SourcePosition(Address.ToString(), 0, 0), string.Empty, ("exit", $"{_process.ExitCode}"), ("said", LastLines())));
    }

    /// <summary>SIGKILL: nothing of the process runs after it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a rolling restart does it; returns when the process has ended by itself, or was killed after <paramref name="limit"/>.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        await Signals.SendAsync("TERM", ProcessId);
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    /// <summary>What it said last on standard error.</summary>
    public string LastLines()
    {
        lock (_lines) return string.Join(Environment.NewLine, _lines);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private void Said(string? line)
    {
        if (line is null) return;
        if (line.StartsWith(FaultPoint.Announcement, StringComparison.Ordinal)) _reached.TrySetResult();
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept) _lines.Dequeue();
        }
    }
}
