using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tests.Host;

/// <summary>A real hub process over a small company of its own: HTTP and GBK files in, sandboxes out.</summary>
public sealed class RunningHub : IAsyncLifetime
{
    public const string Key = "hr-key";
    private HubProcess _process = null!;

    public HttpClient Client { get; private set; } = null!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("hub-host-").FullName;

    public async Task InitializeAsync()
    {
        Write("hub.yaml", $"hub: host-tests\ndata: data\ningress: {{ address: \"http://127.0.0.1:{FreePort()}\", max_body: 64KB }}\n");
        Write("systems/erp.yaml", "system: erp\nconnector: http\nendpoints:\n  orders: {}\n  idle: {}\n");
        Write("systems/hr.yaml", $"system: hr\nconnector: http\ningress: {{ api_key: {Key} }}\nendpoints:\n  people: {{ format: xml, encoding: gbk, record: /员工列表/员工 }}\n");
        Write("systems/crm.yaml", "system: crm\nconnector: sandbox\nretry: { immediate: 0, delayed: [], jitter: 0% }\nendpoints:\n  deals: { key: no }\n  people: { key: no }\n");
        Write("pipelines/orders.yaml", "pipeline: orders\nfrom: erp.orders\nkey: no\nsteps:\n  - send: crm.deals\n");
        Write("pipelines/people.yaml", "pipeline: people\nfrom: hr.people\nkey: 编号\nsteps:\n  - map: person\n  - send: crm.people\n");
        Write("mappings/person.yaml", "mapping: person\nversion: 1\nfields:\n  no: 编号\n  name: 姓名\n");
        _process = await HubProcess.StartAsync(Folder);
        Client = new HttpClient { BaseAddress = _process.Address };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _process.KillAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, string contentType = "application/json", string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (key is not null) request.Headers.Add("X-Api-Key", key);
        return Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
