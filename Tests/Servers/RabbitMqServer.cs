using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tests.Servers;

/// <summary>A real RabbitMQ with its management interface and a TLS listener. Most tests share one and take a virtual host of their own; a test that kills it starts its own.</summary>
internal sealed class RabbitMqServer : IAsyncDisposable
{
    private static readonly Lazy<Task<RabbitMqServer>> Shared = new(() => StartAsync(TestCertificates.Valid()));

    private readonly ServerProcess _process;
    private readonly HttpClient _management;
    private int _virtualHosts;

    private RabbitMqServer(ServerProcess process, int port)
    {
        _process = process;
        Port = port;
        _management = new HttpClient { BaseAddress = ManagementUri };
        _management.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("guest:guest"u8));
    }

    public int Port { get; }

    public int TlsPort => Port + 5;

    public Uri ManagementUri => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port + 3}"));

    /// <summary>The certificate of the authority that signed the server's.</summary>
    public string CaFile => Path.Combine(_process.Folder, "ca.pem");

    /// <summary>The one of this test run, started when it is first asked for.</summary>
    public static Task<RabbitMqServer> SharedAsync() => Shared.Value;

    /// <summary>One of its own, for tests that kill or stop it or need certificates of another kind.</summary>
    public static async Task<RabbitMqServer> StartAsync(TestCertificates certificates)
    {
        var folder = Directory.CreateTempSubdirectory("hub-rabbitmq-").FullName;
        certificates.Write(folder);
        // AMQP, distribution, port mapper, management, streams, TLS.
        var port = FreePorts.Row(6);
        return new RabbitMqServer(await ServerProcess.StartAsync("rabbitmq", folder, port, port + 3, port + 5), port);
    }

    /// <summary><c>amqp://guest:guest@127.0.0.1:PORT/VHOST</c></summary>
    public Uri AmqpUri(string virtualHost = "/") =>
        new(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{Port}/{Uri.EscapeDataString(virtualHost)}"));

    /// <summary>Makes an empty virtual host.</summary>
    public async Task<string> NewVirtualHostAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _virtualHosts)}");
        using var answer = await _management.PutAsync(new Uri($"/api/vhosts/{name}", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
        return name;
    }

    /// <summary>Asks the management interface; <paramref name="path"/> begins with <c>/api/</c>.</summary>
    public async Task<JsonElement> AskAsync(string path) => await _management.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>Changes something through the management interface.</summary>
    public async Task PutAsync(string path, object body)
    {
        using var answer = await _management.PutAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The broker closes the connections of a virtual host.</summary>
    /// <returns>How many it closed.</returns>
    public async Task<int> CloseConnectionsAsync(string virtualHost)
    {
        var closed = 0;
        foreach (var connection in (await AskAsync($"/api/vhosts/{Uri.EscapeDataString(virtualHost)}/connections")).EnumerateArray())
        {
            if (!connection.TryGetProperty("name", out var name)) continue;
            using var answer = await _management.DeleteAsync(new Uri($"/api/connections/{Uri.EscapeDataString(name.GetString()!)}", UriKind.Relative));
            if (answer.IsSuccessStatusCode) closed++;
        }

        return closed;
    }

    /// <summary>Runs <c>rabbitmqctl</c> on it, for what the management interface cannot do (alarms).</summary>
    public async Task ControlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $". {_process.Folder}/env.sh; exec /usr/lib/rabbitmq/bin/rabbitmqctl -q \"$@\"", "rabbitmqctl", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {await errors}");
    }

    /// <summary>SIGKILL of the whole server.</summary>
    public Task KillAsync() => _process.KillAsync();

    public Task StopAsync() => _process.StopAsync();

    public Task StartAgainAsync() => _process.StartAgainAsync();

    public ValueTask DisposeAsync()
    {
        _management.Dispose();
        return _process.DisposeAsync();
    }
}
