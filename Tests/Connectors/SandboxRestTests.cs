using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Connectors.Sandbox;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Tests.Connectors;

public sealed class SandboxRestTests : IAsyncLifetime
{
    private readonly ConnectorSetup _setup = new();
    private readonly SandboxDirectory _directory = new();
    private WebApplication? _app;
    private ISender? _sender;

    public async Task InitializeAsync()
    {
        var connector = new SandboxConnector(_directory);
        var accounts = _setup.Endpoint(connector, "crm.accounts", "key: code");
        var system = connector.Open(_setup.System(connector, "crm", "{}", accounts, _setup.Endpoint(connector, "crm.keyless")));
        _sender = system.OpenSender(accounts);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        SandboxRest.Map(_app, _directory);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        _setup.Delete();
    }

    [Fact]
    public async Task Get_Overview_NamesSystemsAndCounts()
    {
        await CallAsync("POST", "/sandbox/crm/accounts", """{"code":"A"}""");

        Assert.Equal(
            """200 {"systems":[{"system":"crm","behavior":{"latency_ms":0,"fail_percent":0,"down":false},"collections":[{"collection":"accounts","key":"code","count":1,"repeated":0},{"collection":"keyless","key":null,"count":0,"repeated":0}]}]}""",
            await CallAsync("GET", "/sandbox"));
    }

    [Fact]
    public async Task Records_AreWrittenReadPagedFilteredAndRemoved()
    {
        Assert.Equal("""201 {"code":"A","city":"Reims"}""", await CallAsync("PUT", "/sandbox/crm/accounts/A", """{"code":"A","city":"Reims"}"""));
        Assert.Equal("""201 {"code":"B 刘","city":"Lyon"}""", await CallAsync("POST", "/sandbox/crm/accounts", """{"code":"B 刘","city":"Lyon"}"""));
        Assert.Equal("""200 {"code":"A","city":"Nice"}""", await CallAsync("POST", "/sandbox/crm/accounts", """{"code":"A","city":"Nice"}"""));

        Assert.Equal("""200 {"code":"B 刘","city":"Lyon"}""", await CallAsync("GET", "/sandbox/crm/accounts/B%20%E5%88%98"));
        Assert.Equal("""200 {"total":2,"items":[{"code":"A","city":"Nice"},{"code":"B 刘","city":"Lyon"}]}""", await CallAsync("GET", "/sandbox/crm/accounts"));
        Assert.Equal("""200 {"total":2,"items":[{"code":"B 刘","city":"Lyon"}]}""", await CallAsync("GET", "/sandbox/crm/accounts?offset=1&limit=1"));
        Assert.Equal("""200 {"total":1,"items":[{"code":"A","city":"Nice"}]}""", await CallAsync("GET", "/sandbox/crm/accounts?city=Nice"));
        Assert.Equal("204 ", await CallAsync("DELETE", "/sandbox/crm/accounts/A"));
        Assert.StartsWith("404 ", await CallAsync("GET", "/sandbox/crm/accounts/A"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_SameIdempotencyKeyAgain_HasNoSecondEffect()
    {
        await CallAsync("PUT", "/sandbox/crm/accounts/A", """{"code":"A","v":1}""", "k1");
        await CallAsync("PUT", "/sandbox/crm/accounts/A", """{"code":"A","v":2}""", "k2");

        Assert.Equal("""200 {"code":"A","v":2}""", await CallAsync("PUT", "/sandbox/crm/accounts/A", """{"code":"A","v":1}""", "k1"));
    }

    [Theory]
    [InlineData("GET", "/sandbox/nope/accounts", null, 404)]
    [InlineData("GET", "/sandbox/crm/nope", null, 404)]
    [InlineData("GET", "/sandbox/crm/accounts/nope", null, 404)]
    [InlineData("DELETE", "/sandbox/crm/accounts/nope", null, 404)]
    [InlineData("GET", "/sandbox/crm/accounts?limit=x", null, 400)]
    [InlineData("GET", "/sandbox/crm/accounts?limit=1001", null, 400)]
    [InlineData("GET", "/sandbox/crm/accounts?offset=-1", null, 400)]
    [InlineData("POST", "/sandbox/crm/accounts", "{", 400)]
    [InlineData("POST", "/sandbox/crm/accounts", "{}", 400)]
    [InlineData("POST", "/sandbox/crm/keyless", """{"code":"A"}""", 404)]
    [InlineData("PUT", "/sandbox/crm/accounts/B", """{"code":"A"}""", 400)]
    [InlineData("PUT", "/sandbox/crm/behavior", """{"fail_percent":101}""", 400)]
    [InlineData("PUT", "/sandbox/crm/behavior", """{"down":"yes"}""", 400)]
    [InlineData("PUT", "/sandbox/crm/behavior", """{"slow":true}""", 400)]
    [InlineData("PUT", "/sandbox/crm/behavior", "[]", 400)]
    public async Task Call_ThatCannotBe_IsAProblem(string method, string path, string? body, int status)
    {
        var answer = await CallAsync(method, path, body);

        Assert.StartsWith($"{status} {{\"type\":", answer, StringComparison.Ordinal);
        Assert.Contains("\"detail\":", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_Behavior_ReachesTheHubsSenderAtOnce()
    {
        Assert.Equal("""200 {"latency_ms":0,"fail_percent":0,"down":true}""", await CallAsync("PUT", "/sandbox/crm/behavior", """{"down":true}"""));

        await Assert.ThrowsAsync<TransientException>(() => _sender!.SendAsync(ConnectorSetup.Message("""{"code":"A"}"""), CancellationToken.None).AsTask());
        Assert.StartsWith("503 ", await CallAsync("PUT", "/sandbox/crm/accounts/A", """{"code":"A"}"""), StringComparison.Ordinal);
        Assert.StartsWith("200 ", await CallAsync("GET", "/sandbox/crm/accounts"), StringComparison.Ordinal);

        await CallAsync("PUT", "/sandbox/crm/behavior", """{"down":false}""");
        await _sender!.SendAsync(ConnectorSetup.Message("""{"code":"A"}"""), CancellationToken.None);
        Assert.Equal("""200 {"latency_ms":0,"fail_percent":0,"down":false}""", await CallAsync("GET", "/sandbox/crm/behavior"));
    }

    private async Task<string> CallAsync(string method, string path, string? body = null, string? idempotencyKey = null)
    {
        using var client = new HttpClient { BaseAddress = new Uri(_app!.Urls.Single()) };
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await client.SendAsync(request);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
