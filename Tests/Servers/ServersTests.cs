using System.Net.Security;
using System.Net.Sockets;
using Npgsql;

namespace Tests.Servers;

/// <summary>The servers do what the tests that use them take for granted.</summary>
[Trait("Category", "Servers")]
public sealed class ServersTests
{
    [ServerFact(Server.PostgreSql)]
    public async Task PostgreSql_Killed_KeepsWhatWasCommitted()
    {
        await using var server = await PostgreSqlServer.StartAsync();
        await server.ExecuteAsync("CREATE TABLE kept(n int); INSERT INTO kept VALUES(1)");

        await server.KillAsync();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => server.ExecuteAsync("SELECT 1"));
        await server.StartAgainAsync();

        await server.ExecuteAsync("INSERT INTO kept SELECT n + 1 FROM kept WHERE n = 1");
    }

    [ServerFact(Server.RabbitMq)]
    public async Task RabbitMq_Shared_AnswersOnAllItsPorts()
    {
        var server = await RabbitMqServer.SharedAsync();
        var virtualHost = await server.NewVirtualHostAsync();

        Assert.Equal(0, (await server.AskAsync($"/api/vhosts/{virtualHost}/connections")).GetArrayLength());
        Assert.Equal(0, await server.CloseConnectionsAsync(virtualHost));
        await server.ControlAsync("list_vhosts");
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.TlsPort);
        await using var tls = new SslStream(client.GetStream(), false, (_, certificate, _, _) => certificate!.Subject == "CN=localhost");
        await tls.AuthenticateAsClientAsync("localhost");
    }
}
