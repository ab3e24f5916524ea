using System.Diagnostics;
using Npgsql;

namespace Benchmarks.Delivery;

/// <summary>The programs to compare with, built from a folder outside of the project into a temporary one.</summary>
/// <param name="source">The folder with fwd, mt and node.</param>
/// <param name="folder">Where they are built.</param>
/// <param name="database">The database of those that keep an outbox.</param>
internal sealed class Yardsticks(string source, string folder, string database)
{
    private string? _node;
    private string? _nodeRed;

    public async Task BuildAsync()
    {
        foreach (var name in (string[])["fwd", "mt"])
        {
            await RunAsync(folder, "dotnet", "build", Path.Combine(source, name, name + ".csproj"), "-c", "Release", "-v", "q", "-o", Path.Combine(folder, name),
                $"-p:BaseIntermediateOutputPath={Path.Combine(folder, "obj", name)}/", $"-p:MSBuildProjectExtensionsPath={Path.Combine(folder, "obj", name)}/");
        }

        await TryNodeAsync();
    }

    /// <summary>Those that could be built; the first two are what the goals are measured by.</summary>
    public IEnumerable<Contender> All()
    {
        var forward = Path.Combine(folder, "fwd", "fwd.dll");
        var postgres = new Dictionary<string, string> { ["PGCONN"] = database };
        yield return new Contender("pg-pipe100", ["dotnet", forward, "run", "pg-pipe", "0", "100"]) { Environment = postgres, Commits = CommitsAsync };
        yield return new Contender("pipe+map", ["dotnet", forward, "run", "map", "1000"]);
        yield return new Contender("pg-batch100", ["dotnet", forward, "run", "pg-batch", "0", "100"]) { Environment = postgres, Commits = CommitsAsync };
        yield return new Contender("masstransit-500/200", ["dotnet", Path.Combine(folder, "mt", "mt.dll"), "500", "200"], 0.6) { Environment = new Dictionary<string, string> { ["QTYPE"] = "quorum" } };
        if (_node is not null) yield return new Contender("node-map", ["node", Path.Combine(_node, "fwd.js"), "json", "1000"]);
        if (_nodeRed is not null) yield return new Contender("node-red", ["node", _nodeRed, "-u", _node!, "-s", Path.Combine(_node!, "settings.js"), Path.Combine(_node!, "flow.json")], 0.6);
    }

    /// <summary>Transactions that wrote something: each takes the next id.</summary>
    public async Task<long> CommitsAsync() => await Postgres.TransactionsAsync(database);

    private async Task TryNodeAsync()
    {
        var node = Path.Combine(folder, "node");
        Directory.CreateDirectory(node);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(source, "node"))) File.Copy(file, Path.Combine(node, Path.GetFileName(file)), overwrite: true);
        try
        {
            await RunAsync(node, "npm", "install", "--no-fund", "--no-audit", "--silent", "amqplib");
            _node = node;
            await File.WriteAllTextAsync(
                Path.Combine(node, "settings.js"),
                "module.exports = { uiPort: 0, httpAdminRoot: false, httpNodeRoot: false, logging: { console: { level: \"warn\" } }, functionGlobalContext: { amqplib: require(\"amqplib\"), map: require(\"./map.js\") } };\n");
            await RunAsync(node, "npm", "install", "--no-fund", "--no-audit", "--silent", "node-red");
            _nodeRed = Path.Combine(node, "node_modules", "node-red", "red.js");
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Rounds.Print($"without Node: {error.Message}");
        }
    }

    private static async Task RunAsync(string folder, params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} failed:\n{await output}{errors}");
    }
}
