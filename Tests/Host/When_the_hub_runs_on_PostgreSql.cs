using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hub.Host.Hosting;
using Tests.Servers;
using Tests.Storage;

namespace Tests.Host;

/// <summary>A whole hub whose hub.yaml names a database: HTTP in, a sandbox out, the journal in PostgreSQL.</summary>
public sealed class When_the_hub_runs_on_PostgreSql : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-postgresql").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ServerFact(Server.PostgreSql)]
    public async Task Should_deliver_and_know_the_message_after_a_restart()
    {
        var schema = await JournalSchema.NewAsync();
        Write("hub.yaml", $"hub: on-postgresql\ndata: data\nstore: {{ postgresql: {{ connection: \"{schema.Connection}\", schema: {schema.Name} }} }}\n");
        Write("systems/erp.yaml", "system: erp\nconnector: http\nendpoints:\n  orders: {}\n");
        Write("systems/crm.yaml", "system: crm\nconnector: sandbox\nendpoints:\n  deals: { key: no }\n");
        Write("pipelines/orders.yaml", "pipeline: orders\nfrom: erp.orders\nkey: no\ndedupe: content\nsteps:\n  - send: crm.deals\n");
        string id;
        await using (var hub = await StartAsync())
        {
            id = await AcceptAsync(hub, HttpStatusCode.Accepted);
            await hub.Engine.WaitForIdleAsync(CancellationToken.None);
        }

        await using (var hub = await StartAsync())
        {
            Assert.Equal(id, await AcceptAsync(hub, HttpStatusCode.OK));
            var row = Assert.Single(await hub.Engine.Context.Journal.Store.ReadLedgerAsync(default), r => r.Pipeline == "orders");
            Assert.Equal((2L, 1L, 1L, 0L), (row.Received, row.Delivered, row.Duplicate, row.Unaccounted));
        }

        Assert.Empty(Directory.EnumerateFiles(_folder, "hub.db*", SearchOption.AllDirectories));
        await schema.DropAsync();
    }

    private static async Task<string> AcceptAsync(HubHost hub, HttpStatusCode expected)
    {
        using var client = new HttpClient { BaseAddress = hub.Address };
        using var content = new StringContent("""{"no":"SO-1"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/in/erp/orders", UriKind.Relative), content);
        Assert.Equal(expected, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private Task<HubHost> StartAsync() =>
        HubHost.StartAsync(new HubHostOptions { ConfigurationFolder = _folder, Address = "http://127.0.0.1:0", Watch = false, Log = false }, CancellationToken.None);

    private void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
