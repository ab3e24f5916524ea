using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Tests.Host;
using Xunit.Abstractions;

namespace Tests.Claims;

/// <summary>A real process: what matters is the memory that the operating system counts (VmHWM, the highest it ever was).</summary>
public sealed class When_100_MB_pass_through_a_hub(ITestOutputHelper output) : IDisposable
{
    private const long Length = 100_000_000;
    private const int Seed = 7;
    private const long MostKilobytes = 60_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-large-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Should_pass_from_http_to_http_in_bounded_memory()
    {
        await using var target = await HashingTarget.StartAsync();
        Write(target.Address);
        using var hub = await HubProcess.StartAsync(_folder);
        using var client = new HttpClient { BaseAddress = hub.Address, Timeout = Patience };
        using (var warm = await client.PostAsync("in/erp/documents", new StringContent("""{"no":"1"}""", Encoding.UTF8, "application/json"))) warm.EnsureSuccessStatusCode();
        var idle = hub.PeakKilobytes();

        using var content = new StreamContent(new LargePayload(Length, Seed), 1 << 16);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var answer = await client.PostAsync("in/erp/documents", content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var body = await target.Arrived.WaitAsync(Patience);

        Assert.Equal((Length, LargePayload.Sha256(Length, Seed), "application/pdf"), (body.Length, body.Sha256, body.ContentType));
        Assert.Equal($"sha-256=:{Convert.ToBase64String(Convert.FromHexString(body.Sha256))}:", body.Digest);
        AssertBounded(hub, idle);
    }

    [Fact]
    public async Task Should_pass_from_file_to_file_in_bounded_memory()
    {
        Write("http://127.0.0.1:9");
        var inbox = Directory.CreateDirectory(Path.Combine(_folder, "data", "inbox")).FullName;
        var outbox = Directory.CreateDirectory(Path.Combine(_folder, "data", "outbox")).FullName;
        using var arrived = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(outbox) { EnableRaisingEvents = true };
        watcher.Renamed += (_, _) => arrived.Release();
        using var hub = await HubProcess.StartAsync(_folder);
        var idle = hub.PeakKilobytes();

        await using (var file = File.Create(Path.Combine(_folder, "scan.pdf"), 1 << 16))
        {
            await new LargePayload(Length, Seed).CopyToAsync(file, 1 << 16);
        }

        File.Move(Path.Combine(_folder, "scan.pdf"), Path.Combine(inbox, "scan.pdf"));
        if (!await arrived.WaitAsync(Patience)) Assert.Fail(await Picture(hub));

        var written = Assert.Single(Directory.GetFiles(outbox, "*.pdf"));
        await using (var stream = File.OpenRead(written)) Assert.Equal(LargePayload.Sha256(Length, Seed), Convert.ToHexStringLower(await SHA256.HashDataAsync(stream)));
        AssertBounded(hub, idle);
    }

    [Fact]
    public async Task Should_keep_nothing_of_a_body_that_stops_half_way()
    {
        Write("http://127.0.0.1:9");
        using var hub = await HubProcess.StartAsync(_folder);
        var claims = Path.Combine(_folder, "data", "claims");
        using var removed = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(claims) { EnableRaisingEvents = true };
        watcher.Deleted += (_, _) => removed.Release();
        using (var client = new TcpClient(hub.Address.Host, hub.Address.Port))
        {
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /in/erp/documents HTTP/1.1\r\nHost: hub\r\nContent-Type: application/pdf\r\nContent-Length: {Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n"));
            await stream.WriteAsync(new byte[5_000_000]);
        }

        Assert.True(await removed.WaitAsync(Patience), "half a claim is still there");
        Assert.Empty(Directory.GetFiles(claims));
        using var next = new HttpClient { BaseAddress = hub.Address };
        using var answer = await next.PostAsync("in/erp/documents", new StringContent("""{"no":"1"}""", Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<string> Picture(HubProcess hub)
    {
        await hub.KillAsync();
        return await hub.ErrorsAsync();
    }

    private void AssertBounded(HubProcess hub, long idle)
    {
        var peak = hub.PeakKilobytes();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"idle {idle / 1000} MB, peak {peak / 1000} MB, {(peak - idle) / 1000} MB more for {Length / 1_000_000} MB"));
        Assert.True(peak - idle < MostKilobytes, $"peak {peak} KB, idle {idle} KB");
    }

    private void Write(string target)
    {
        File("hub.yaml", "hub: large\nstore: { file: hub.db }\ndata: data\ningress: { address: \"http://127.0.0.1:0\", max_body: 1MB }\n");
        File("systems/erp.yaml", "system: erp\nconnector: http\nendpoints:\n  documents: { claim_check: { over: 64KB, max: 200MB } }\n");
        File("systems/scans.yaml", "system: scans\nconnector: file\nendpoints:\n  in: { path: inbox, poll: 100ms, stable: 0s, claim_check: { over: 64KB, max: 200MB } }\n  out: { path: outbox, name: \"{id}.pdf\", body: claim }\n");
        File("systems/archive.yaml", $"system: archive\nconnector: http\naddress: {target}\nlimits: {{ timeout: 1m }}\nendpoints:\n  documents: {{ path: documents, body: claim }}\n");
        File("pipelines/documents.yaml", "pipeline: documents\nfrom: erp.documents\nsteps:\n  - send: archive.documents\n");
        File("pipelines/scans.yaml", "pipeline: scans\nfrom: scans.in\nsteps:\n  - send: scans.out\n");

        void File(string name, string text)
        {
            var path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllText(path, text);
        }
    }
}
