using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Benchmarks.Journal;

/// <summary>A PostgreSQL of the benchmark's own, run by <c>eng/servers</c>; it ends with this process.</summary>
internal sealed class BenchServer : IDisposable
{
    /// <summary>Clock ticks of the kernel a second, the same on every Linux.</summary>
    private const double TicksPerSecond = 100;

    private readonly Process _process;
    private readonly string _folder;
    private readonly int _port;

    private BenchServer(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        _port = port;
    }

    internal string Connection => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres");

    /// <summary>Null where PostgreSQL is not installed.</summary>
    internal static BenchServer? TryStart()
    {
        if (!Directory.Exists("/usr/lib/postgresql")) return null;
        var port = FreePort();
        var folder = Directory.CreateTempSubdirectory("hub-bench-postgresql-").FullName;
        var start = new ProcessStartInfo(Path.Combine(Root(), "eng", "servers")) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["run", "postgresql", folder, port.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        start.Environment["SERVER_DATA_IS_TEMPORARY"] = "1";
        var process = Process.Start(start) ?? throw new InvalidOperationException("eng/servers did not start.");
        if (process.StandardOutput.ReadLine() != "ready") throw new InvalidOperationException("PostgreSQL did not start.");
        return new BenchServer(process, folder, port);
    }

    internal void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        command.ExecuteNonQuery();
    }

    internal long Scalar(string sql)
    {
        using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Processor time that the server and all its processes have taken.</summary>
    internal TimeSpan Cpu()
    {
        var postmaster = File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First();
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0])) continue;
            string text;
            try
            {
                text = File.ReadAllText(Path.Combine(folder, "stat"));
            }
            catch (IOException)
            {
                continue; // It has ended meanwhile; its parent counts it.
            }

            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            var isPostmaster = Path.GetFileName(folder) == postmaster;
            if (!isPostmaster && fields[1] != postmaster) continue;
            ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            if (isPostmaster) ticks += long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture);
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ConnectorHub.sln"))) folder = folder.Parent ?? throw new InvalidOperationException("The benchmark runs inside the repository.");
        return folder.FullName;
    }
}
