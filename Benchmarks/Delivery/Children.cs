using System.Diagnostics;

namespace Benchmarks.Delivery;

/// <summary>The processes of one contender; killed when disposed.</summary>
internal sealed class Children : IDisposable
{
    private readonly List<Process> _processes = [];
    private readonly StreamWriter _log;

    private Children(StreamWriter log) => _log = log;

    public IReadOnlyList<int> Pids => [.. _processes.Select(p => p.Id)];

    public bool HaveEnded => _processes.Exists(p => p.HasExited);

    public static Children Start(IReadOnlyList<IReadOnlyList<string>> commands, IReadOnlyDictionary<string, string> environment, string log)
    {
        var children = new Children(new StreamWriter(log) { AutoFlush = true });
        foreach (var command in commands)
        {
            var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var (name, value) in environment) start.Environment[name] = value;
            var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
            process.OutputDataReceived += (_, line) => children.Write(line.Data);
            process.ErrorDataReceived += (_, line) => children.Write(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            children._processes.Add(process);
        }

        return children;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        lock (_log) _log.Dispose();
    }

    private void Write(string? line)
    {
        if (line is null) return;
        lock (_log)
        {
            if (_log.BaseStream.CanWrite) _log.WriteLine(line);
        }
    }
}
