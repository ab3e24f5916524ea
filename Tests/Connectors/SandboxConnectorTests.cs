using System.Text;
using Connectors.Sandbox;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Ingress;
using Mappings.Diagnostics;
using Mappings.Formats;

namespace Tests.Connectors;

public sealed class SandboxConnectorTests : IDisposable
{
    private readonly ConnectorSetup _setup = new();
    private readonly SandboxDirectory _directory = new();
    private readonly SandboxConnector _connector;

    public SandboxConnectorTests() => _connector = new SandboxConnector(_directory);

    public void Dispose() => _setup.Delete();

    [Theory]
    [InlineData("json", """[{"code":"A","n":1.50},{"code":"B","n":2}]""")]
    [InlineData("ndjson", "{\"code\":\"A\",\"n\":1.50}\n{\"code\":\"B\",\"n\":2}\n")]
    public void Open_Seed_FillsTheCollection(string format, string seed)
    {
        Open(Endpoint("key: code\nseed: seed", seed, new FormatOptions { Format = format == "json" ? MessageFormat.Json : MessageFormat.NdJson }));

        Assert.Equal("""{"code":"A","n":1.50}|{"code":"B","n":2}""", Records());
    }

    [Fact]
    public void Open_SeedInGbkXmlOrCsv_FillsTheCollectionByFieldNames()
    {
        var gbk = ConnectorSetup.Encoding("gbk");
        var xml = Encoding.GetEncoding("gbk").GetBytes("<?xml version=\"1.0\" encoding=\"GBK\"?><员工列表><员工 编号=\"E1\"><姓名>王芳</姓名></员工></员工列表>");
        Open(Endpoint("key: _编号\nseed: seed", xml, new FormatOptions { Format = MessageFormat.Xml, Encoding = gbk, Record = "/员工列表/员工" }));
        Assert.Equal("""{"_编号":"E1","姓名":"王芳"}""", Records());

        Open(Endpoint("key: a.b\nseed: seed", "a.b;c\nX;1\n"u8.ToArray(), new FormatOptions { Format = MessageFormat.Csv, Delimiter = ';' }));
        Assert.Equal("""{"a.b":"X","c":"1"}""", Records());
    }

    [Fact]
    public void Open_BadSeed_IsRefusedWithEveryLine()
    {
        var refused = Assert.Throws<MappingException>(() => Open(Endpoint("key: code\nseed: seed", "code,name\nA,x\n,nobody\nB,x,extra\n", new FormatOptions { Format = MessageFormat.Csv })));

        Assert.Equal(["seed:3", "seed:4"], refused.Findings.Select(f => $"{f.At.File}:{f.At.Line}"));
        Assert.Equal("CFG294", refused.Findings[0].Code);
        Assert.Null(_directory.Find("crm"));
    }

    [Fact]
    public void Open_BadRecordInAPublishedSeed_IsLeftOutBecauseTheHubWillReportIt()
    {
        Open(Endpoint("key: code\nseed: seed\npublish: true", "code,name\nA,x\nB,x,extra\n", new FormatOptions { Format = MessageFormat.Csv }));

        Assert.Equal("""{"code":"A","name":"x"}""", Records());
    }

    [Theory]
    [InlineData("key: code\nseed: missing.json", "CFG293")]
    [InlineData("key: code\npublish: true", "CFG296")]
    public void Open_SeedThatIsNotThere_IsAFinding(string settings, string code)
    {
        var endpoint = _setup.Endpoint(_connector, "crm.accounts", settings);

        Assert.Equal((code, 2), Assert.Throws<MappingException>(() => Open(endpoint)).Findings.Select(f => (f.Code, f.At.Line)).Single());
    }

    [Fact]
    public void OpenSender_WithoutKey_IsAFinding()
    {
        var endpoint = _setup.Endpoint(_connector, "crm.accounts");

        Assert.Equal("CFG295", Assert.Throws<MappingException>(() => Open(endpoint).OpenSender(endpoint)).Findings.Single().Code);
    }

    [Fact]
    public async Task Open_Again_KeepsRecordsAndWhatWasSetAtRunTime()
    {
        var endpoint = Endpoint("key: code\nseed: seed", """[{"code":"A"}]""");
        await Open(endpoint).OpenSender(endpoint).SendAsync(ConnectorSetup.Message("""{"code":"B"}"""), CancellationToken.None);
        _directory.Find("crm")!.Behavior = SandboxBehavior.Good with { Down = true };

        Open(endpoint);

        Assert.Equal("""{"code":"A"}|{"code":"B"}""", Records());
        Assert.True(_directory.Find("crm")!.Behavior.Down);
    }

    [Fact]
    public async Task Send_Latency_WaitsOnTheClockAndEndsWithTheToken()
    {
        var endpoint = Endpoint("key: code", null);
        var sender = Open(endpoint, "behavior: { latency: 3s }").OpenSender(endpoint);
        var slow = sender.SendAsync(ConnectorSetup.Message("""{"code":"A"}"""), CancellationToken.None).AsTask();
        await _setup.Clock.WhenArmedAsync(1);
        Assert.Equal("", Records());
        _setup.Clock.Advance(TimeSpan.FromSeconds(3));
        await slow;
        Assert.Equal("""{"code":"A"}""", Records());

        using var timeout = new CancellationTokenSource();
        var timedOut = sender.SendAsync(ConnectorSetup.Message("""{"code":"B"}""", "2-0"), timeout.Token).AsTask();
        await _setup.Clock.WhenArmedAsync(1);
        await timeout.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timedOut);
        Assert.Equal("""{"code":"A"}""", Records());
    }

    [Fact]
    public async Task Send_FailShare_FailsThatShareInPassing()
    {
        var endpoint = Endpoint("key: code", null);
        var sender = Open(endpoint, "behavior: { fail: 30% }").OpenSender(endpoint);
        var failures = 0;
        for (var i = 0; i < 1_000; i++)
        {
            try
            {
                await sender.SendAsync(ConnectorSetup.Message($$"""{"code":"{{i}}"}""", $"{i}-0"), CancellationToken.None);
            }
            catch (TransientException failure) when (failure.Finding.Code == "DLV651")
            {
                failures++;
            }
        }

        Assert.InRange(failures, 250, 350);
        Assert.Equal(1_000 - failures, _directory.Find("crm")!.Find("accounts")!.Count);
    }

    [Fact]
    public async Task Request_ByFields_FindsOneNoneOrRefusesSeveral()
    {
        var endpoint = Endpoint("key: code\nseed: seed", """[{"code":"A","at":{"city":"Reims"}},{"code":"B","at":{"city":"Reims"}},{"code":"C","at":{"city":"Lyon"}}]""");
        var requester = Open(endpoint).OpenRequester(endpoint);

        Assert.Equal("""{"code":"C","at":{"city":"Lyon"}}""", await AskAsync("Lyon"));
        Assert.Null(await AskAsync("Nice"));
        var several = await Assert.ThrowsAsync<PermanentException>(() => AskAsync("Reims"));
        Assert.Equal("error DLV629: crm.accounts has 2 records with this at.city; one was expected", several.Message);
        _directory.Find("crm")!.Behavior = SandboxBehavior.Good with { Down = true };
        await Assert.ThrowsAsync<TransientException>(() => AskAsync("Lyon"));

        async Task<string?> AskAsync(string city) =>
            await requester.RequestAsync([new("at.city", city)], CancellationToken.None) is { } record ? Encoding.UTF8.GetString(record.Span) : null;
    }

    [Fact]
    public async Task Receive_Publish_HandsTheSeedOverOnceAlsoAfterAReload()
    {
        var hub = new FakeIngress();
        var answers = new Queue<IngressResult>([new IngressResult { Status = IngressStatus.Busy, RetryAfter = TimeSpan.FromSeconds(2) }]);
        hub.Before = _ => answers.TryDequeue(out var answer) ? answer : null;
        var endpoint = Endpoint("key: code\nseed: seed\npublish: true", """[{"code":"A"}]""");
        using var stop = new CancellationTokenSource();
        var running = Open(endpoint).ReceiveAsync(endpoint, hub, stop.Token);
        await _setup.Clock.WhenArmedAsync(1);
        _setup.Clock.Advance(TimeSpan.FromSeconds(2));
        await hub.Taken.Task;
        await stop.CancelAsync();
        await running;

        using var stopped = new CancellationTokenSource();
        var again = Open(endpoint).ReceiveAsync(endpoint, hub, stopped.Token);
        await stopped.CancelAsync();
        await again;

        Assert.Equal([("seed", """[{"code":"A"}]""")], hub.Accepted);
        Assert.Equal(2, hub.Payloads.Count);
        Assert.All(hub.Payloads, p => Assert.Equal("seed:0866ce1ea885a75494974e623bd3b7915afc71d8fea8944ebaed9fd8a69929bb", p.Attributes.EventId));
        Assert.Equal(MalformedPolicy.DeadLetter, hub.Payloads[0].Malformed);
    }

    private EndpointContext Endpoint(string settings, string? seed, FormatOptions? format = null) => Endpoint(settings, seed is null ? null : Encoding.UTF8.GetBytes(seed), format);

    private EndpointContext Endpoint(string settings, byte[]? seed, FormatOptions? format)
    {
        if (seed is not null) File.WriteAllBytes(Path.Combine(_setup.ConfigurationFolder, "seed"), seed);
        return _setup.Endpoint(_connector, "crm.accounts", settings, format);
    }

    private ISystemConnection Open(EndpointContext endpoint, string settings = "{}") => _connector.Open(_setup.System(_connector, "crm", settings, endpoint));

    private string Records() => string.Join('|', _directory.Find("crm")!.Find("accounts")!.All().Select(r => Encoding.UTF8.GetString(r.Body.Span)));
}
