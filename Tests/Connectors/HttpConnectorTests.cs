using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Connectors.Http;
using Hub.Abstractions;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;
using Mappings.Formats;

namespace Tests.Connectors;

public sealed class HttpConnectorTests : IAsyncLifetime
{
    private readonly HttpConnector _connector = new();
    private readonly ConnectorSetup _setup = new();
    private HttpTargetServer? _server;

    public async Task InitializeAsync() => _server = await HttpTargetServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        _setup.Delete();
    }

    [Fact]
    public async Task Send_WithAttributes_CarriesKeyEventAndTrace()
    {
        var message = ConnectorSetup.Message("""{"id":"SO-1"}""", "00000000000AB-2") with
        {
            Attributes = new MessageAttributes { Source = "/erp/订单", Type = "order approved", Subject = "50% \"x\"", Time = "2024-03-04T09:00:00Z", TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" },
        };

        await SendAsync(message, "path: \"deals/{id}\"\nmethod: PUT\nquery: { v: \"2\" }", "headers: { X-Tenant: northwind }\nauth: { basic: { user: hub, password: p } }");

        var request = Assert.Single(_server!.Requests);
        Assert.Equal(("PUT", "/deals/SO-1?v=2"), (request.Method, request.Target));
        Assert.Equal("00000000000AB-2", request.Headers["Idempotency-Key"]);
        Assert.Equal("00000000000AB-2", request.Headers["ce-id"]);
        Assert.Equal("1.0", request.Headers["ce-specversion"]);
        Assert.Equal("/erp/%E8%AE%A2%E5%8D%95", request.Headers["ce-source"]);
        Assert.Equal("order%20approved", request.Headers["ce-type"]);
        Assert.Equal("50%25%20%22x%22", request.Headers["ce-subject"]);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", request.Headers["traceparent"]);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Assert.Equal("northwind", request.Headers["X-Tenant"]);
        Assert.Equal("Basic " + Convert.ToBase64String("hub:p"u8), request.Headers["Authorization"]);
    }

    [Fact]
    public async Task Send_WithoutAttributes_NamesThePipelineAndNoTrace()
    {
        await SendAsync(ConnectorSetup.Message("{}") with { Attributes = new MessageAttributes { TraceParent = "00-xyz\r\nX: 1" } });

        var headers = Assert.Single(_server!.Requests).Headers;
        Assert.Equal(("/pipelines/erp-orders-to-crm", "erp-orders-to-crm"), (headers["ce-source"], headers["ce-type"]));
        Assert.DoesNotContain("traceparent", headers.Keys);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Send_AnswerThatMayPass_IsTransient(int status)
    {
        _server!.Answers(status, "later");

        var failure = await Assert.ThrowsAsync<TransientException>(() => SendAsync(ConnectorSetup.Message("{}")));

        Assert.Equal($"error DLV623: crm.deals answered {status}: later", failure.Message);
        Assert.Null(failure.RetryAfter);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task Send_AnswerThatStays_IsPermanentAndQuoted(int status)
    {
        _server!.Answers(status, "no\u001b[31m\nway\u2028" + new string('x', 600));

        var failure = await Assert.ThrowsAsync<PermanentException>(() => SendAsync(ConnectorSetup.Message("{}")));

        var answer = failure.Finding.Arguments["answer"];
        Assert.StartsWith("no\\u001B[31m\\nway\\u2028xxx", answer, StringComparison.Ordinal);
        Assert.Equal(500 - "no.[31m.way.".Length, answer.Count(c => c == 'x'));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("Mon, 04 Mar 2024 09:02:00 GMT", 120)]
    [InlineData("Mon, 04 Mar 2024 08:00:00 GMT", 0)]
    [InlineData("99999999", 86400)]
    public async Task Send_RetryAfter_IsHandedOn(string header, int seconds)
    {
        _server!.Answers(429, "", ("Retry-After", header));

        var failure = await Assert.ThrowsAsync<TransientException>(() => SendAsync(ConnectorSetup.Message("{}")));

        Assert.Equal(TimeSpan.FromSeconds(seconds), failure.RetryAfter);
    }

    [Fact]
    public async Task Send_ConflictWithRetryAfter_IsTransientBecauseTheFirstAttemptIsStillAtWork()
    {
        _server!.Answers(409, "in progress", ("Retry-After", "1"));

        await Assert.ThrowsAsync<TransientException>(() => SendAsync(ConnectorSetup.Message("{}")));
    }

    [Fact]
    public async Task Send_Redirection_IsNotFollowed()
    {
        await using var other = await HttpTargetServer.StartAsync();
        _server!.Answers(307, "", ("Location", other.Address.AbsoluteUri));

        var failure = await Assert.ThrowsAsync<PermanentException>(() => SendAsync(ConnectorSetup.Message("{}"), system: "auth: { bearer: t }"));

        Assert.Equal("DLV625", failure.Finding.Code);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Send_TargetThatHangs_EndsWithTheToken()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server!.Answer = async (_, _) =>
        {
            arrived.SetResult();
            await release.Task;
        };
        using var timeout = new CancellationTokenSource();

        var sending = SendAsync(ConnectorSetup.Message("{}"), token: timeout.Token);
        await arrived.Task;
        await timeout.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        release.SetResult();
    }

    [Fact]
    public async Task Send_ConnectionCutMidway_IsTransient()
    {
        _server!.Answer = (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<TransientException>(() => SendAsync(ConnectorSetup.Message("{}")));
    }

    [Fact]
    public async Task Send_AddressByReference_IsNotShownWhenItCannotBeReached()
    {
        _setup.Variables["HOOK"] = "http://127.0.0.1:1/services/s3cret-hook";
        var failure = await Assert.ThrowsAsync<TransientException>(() => SendAsync(ConnectorSetup.Message("{}"), system: "address: ${HOOK}", address: false));

        Assert.Equal("error DLV620: crm.deals cannot be reached (ConnectionRefused)", failure.Message);
    }

    [Fact]
    public async Task Send_UntrustedCertificate_IsRefusedUnlessItsAuthorityIsNamed()
    {
        using var certificate = SelfSigned();
        await using var secure = await HttpTargetServer.StartAsync(0, certificate);
        await File.WriteAllTextAsync(Path.Combine(_setup.ConfigurationFolder, "ca.pem"), certificate.ExportCertificatePem());
        var address = $"address: https://localhost:{secure.Address.Port}";

        var failure = await Assert.ThrowsAsync<TransientException>(() => SendAsync(ConnectorSetup.Message("{}"), system: address, address: false));
        await SendAsync(ConnectorSetup.Message("{}"), system: address + "\ntls: { ca: ca.pem }", address: false);

        Assert.Equal("DLV621", failure.Finding.Code);
        Assert.Single(secure.Requests);
    }

    [Fact]
    public async Task Send_CsvEndpointInGbk_ConvertsTheBody()
    {
        var format = new FormatOptions { Format = MessageFormat.Csv, Encoding = ConnectorSetup.Encoding("gbk"), Delimiter = ';' };

        await SendAsync(ConnectorSetup.Message("""{"no":1,"name":"刘;洋"}"""), format: format);

        var request = Assert.Single(_server!.Requests);
        Assert.Equal("text/csv; charset=gbk", request.Headers["Content-Type"]);
        Assert.Equal("no;name\r\n1;\"刘;洋\"", Encoding.GetEncoding("gbk").GetString(request.Body).TrimEnd());
    }

    [Theory]
    [InlineData(404, "nothing", null)]
    [InlineData(204, "", null)]
    [InlineData(200, "[]", null)]
    [InlineData(200, """ {"a": 1.50} """, """{"a": 1.50}""")]
    [InlineData(200, """ [ {"a": [1, 2]} ] """, """{"a": [1, 2]}""")]
    public async Task Request_NoneOrOne_IsNullOrTheRecordAsWritten(int status, string answer, string? expected)
    {
        if (status == 204) _server!.Answers(204);
        else _server!.Answers(status, answer);

        var record = await AskAsync();

        Assert.Equal(expected, record is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null);
        Assert.Equal(("GET", "/accounts?code=A%20%26%20B"), (_server!.Requests.Single().Method, _server.Requests.Single().Target));
    }

    [Theory]
    [InlineData("""[{"a":1},{"a":2}]""", "DLV629")]
    [InlineData("<html>log in</html>", "DLV628")]
    [InlineData("[1]", "DLV628")]
    [InlineData("""{"a":1}{"a":2}""", "DLV628")]
    [InlineData("""[{"a":1}""", "DLV628")]
    [InlineData("", "DLV628")]
    [InlineData("\"x\"", "DLV628")]
    public async Task Request_SeveralOrNoRecord_IsPermanent(string answer, string code)
    {
        _server!.Answers(200, answer);

        var failure = await Assert.ThrowsAsync<PermanentException>(AskAsync);

        Assert.Equal(code, failure.Finding.Code);
    }

    [Fact]
    public async Task Request_AnswerWithoutEnd_StopsAtTheLimit()
    {
        _server!.Answer = async (context, _) =>
        {
            var block = new byte[1 << 16];
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(block);
        };

        var failure = await Assert.ThrowsAsync<PermanentException>(AskAsync);

        Assert.Equal("error LIM580: crm.accounts answered with more than 4,194,304 bytes", failure.Message);
    }

    [Fact]
    public async Task Request_SystemAway_IsTransient()
    {
        _server!.Answers(503);

        await Assert.ThrowsAsync<TransientException>(AskAsync);
    }

    [Theory]
    [InlineData("address: ftp://x", "{}", "CFG280")]
    [InlineData("address: https://user:pw@x", "{}", "CFG280")]
    [InlineData("address: https://x?y=1", "{}", "CFG280")]
    [InlineData("headers: { Content-Length: \"5\" }", "{}", "CFG285")]
    [InlineData("headers: { ce-id: x }", "{}", "CFG285")]
    [InlineData("headers: { \"X Y\": x }", "{}", "CFG286")]
    [InlineData("headers: { X-Y: \"a\\r\\nb\" }", "{}", "CFG287")]
    [InlineData("auth: {}", "{}", "CFG283")]
    [InlineData("auth: { bearer: a, header: { name: X, value: b } }", "{}", "CFG283")]
    [InlineData("auth: { basic: { user: \"a:b\", password: c } }", "{}", "CFG284")]
    [InlineData("tls: { ca: missing.pem }", "{}", "CFG289")]
    [InlineData("{}", "path: \"a/../b\"", "CFG281")]
    [InlineData("{}", "query: { a: \"{b\" }", "CFG282")]
    public void Open_WrongSetting_IsAFindingWithItsPlace(string system, string endpoint, string code)
    {
        var refused = Assert.Throws<MappingException>(() => _connector.Open(_setup.System(_connector, "crm", system, _setup.Endpoint(_connector, "crm.deals", endpoint))));

        var finding = Assert.Single(refused.Findings);
        Assert.Equal((code, true), (finding.Code, finding.At.Line > 0));
    }

    [Fact]
    public void OpenSender_WithoutAddressOrInXmlWithoutNames_IsAFinding()
    {
        var endpoint = _setup.Endpoint(_connector, "crm.deals");
        var xml = _setup.Endpoint(_connector, "crm.people", format: new FormatOptions { Format = MessageFormat.Xml });

        Assert.Equal("CFG288", Assert.Throws<MappingException>(() => _connector.Open(_setup.System(_connector, "crm", "{}", endpoint)).OpenSender(endpoint)).Findings[0].Code);
        Assert.Equal("CFG304", Assert.Throws<MappingException>(() => _connector.Open(_setup.System(_connector, "crm", "address: http://x", xml)).OpenSender(xml)).Findings[0].Code);
    }

    private async Task SendAsync(OutgoingMessage message, string settings = "{}", string system = "", bool address = true, FormatOptions? format = null, CancellationToken token = default)
    {
        var endpoint = _setup.Endpoint(_connector, "crm.deals", settings, format);
        var all = address ? $"address: {_server!.Address}\n{system}" : system;
        await using var connection = _connector.Open(_setup.System(_connector, "crm", all, endpoint));
        await connection.OpenSender(endpoint).SendAsync(message, token);
    }

    private async Task<ReadOnlyMemory<byte>?> AskAsync()
    {
        var endpoint = _setup.Endpoint(_connector, "crm.accounts");
        await using var connection = _connector.Open(_setup.System(_connector, "crm", $"address: {_server!.Address}", endpoint));
        return await connection.OpenRequester(endpoint).RequestAsync([new("code", "A & B")], CancellationToken.None);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
