using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hub.Abstractions.Ingress;

namespace Tests.Api;

public sealed class IngressApiTests : IClassFixture<IngressServer>
{
    private readonly IngressServer _server;

    public IngressApiTests(IngressServer server)
    {
        _server = server;
        server.Reset();
    }

    [Fact]
    public async Task Post_OfAcceptedBody_Answers202WithTheMessageId()
    {
        using var response = await PostAsync("/in/erp/orders", """{"orderNo":"SO-1"}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal($$"""{"id":"{{IngressServer.Id}}"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("""{"orderNo":"SO-1"}""", Encoding.UTF8.GetString(_server.Payload!.Body.Span));
        Assert.Equal("erp.orders", _server.Endpoint.ToString());
        Assert.Equal(MalformedPolicy.Refuse, _server.Payload.Malformed);
    }

    [Fact]
    public async Task Post_OfDuplicate_Answers200WithTheFirstId()
    {
        _server.Answer = new IngressResult { Status = IngressStatus.Duplicate, Duplicates = 1, Messages = [new AcceptedMessage(IngressServer.Id, "orders", true)] };

        using var response = await PostAsync("/in/erp/orders", "{}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($$"""{"id":"{{IngressServer.Id}}"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_OfAFileThatIsRefusedAsAWhole_TellsAllThatIsWrong()
    {
        var refused = IngressServer.Refused(IngressStatus.Malformed);
        _server.Answer = refused with { Findings = [refused.Finding!, refused.Finding!] };

        using var response = await PostAsync("/in/erp/orders", "{}");

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(2, answer.GetProperty("errors").GetArrayLength());
        Assert.StartsWith("body:2:7: error FMT201: lines: ", answer.GetProperty("errors")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OfAFileThatWasStopped_SaysWhatIsNotAccepted()
    {
        _server.Answer = IngressServer.Accepted() with { Stopped = IngressServer.Refused(IngressStatus.Malformed).Finding };

        using var response = await PostAsync("/in/erp/orders", "{}");

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("expected true, found tru}", answer.GetProperty("stopped").GetString());
    }

    [Fact]
    public async Task Post_ForSeveralPipelines_NamesEachMessage()
    {
        _server.Answer = new IngressResult
        {
            Status = IngressStatus.Accepted,
            Accepted = 1,
            Duplicates = 1,
            Messages = [new AcceptedMessage(IngressServer.Id, "a", false), new AcceptedMessage(new(4712), "b", true)],
        };

        using var response = await PostAsync("/in/erp/orders", "{}");

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(1, answer.GetProperty("duplicates").GetInt32());
        Assert.Equal(["a", "b"], answer.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("pipeline").GetString()));
        Assert.True(answer.GetProperty("messages")[1].GetProperty("duplicate").GetBoolean());
    }

    public static TheoryData<IngressStatus, HttpStatusCode, int?> Refusals() => new()
    {
        { IngressStatus.Malformed, HttpStatusCode.BadRequest, null },
        { IngressStatus.TooLarge, HttpStatusCode.RequestEntityTooLarge, null },
        { IngressStatus.UnknownEndpoint, HttpStatusCode.NotFound, null },
        { IngressStatus.Busy, HttpStatusCode.TooManyRequests, 7 },
        { IngressStatus.Unavailable, HttpStatusCode.ServiceUnavailable, 3 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Post_ThatIsRefused_AnswersProblemDetails(IngressStatus status, HttpStatusCode expected, int? retryAfter)
    {
        _server.Answer = IngressServer.Refused(status, retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds - 0.5) : null);

        using var response = await PostAsync("/in/erp/orders", "{}");

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(retryAfter, (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("FMT201", problem.GetProperty("code").GetString());
        Assert.Equal("urn:connectorhub:FMT201", problem.GetProperty("type").GetString());
        Assert.Equal("body:2:7", problem.GetProperty("at").GetString());
        Assert.Equal((int)expected, problem.GetProperty("status").GetInt32());
        Assert.Equal("/in/erp/orders", problem.GetProperty("instance").GetString());
    }

    [Fact]
    public async Task Post_ToUnknownEndpoint_Answers404AndNamesIt()
    {
        using var response = await PostAsync("/in/erp/ordres", "{}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("erp.ordres", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(_server.Payload);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Post_WithoutTheKey_Answers401AndReadsNothing(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/in/hr/employees") { Content = new StringContent("<a/>", Encoding.UTF8, "application/xml") };
        if (key is not null) request.Headers.Add("X-Api-Key", key);

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain(IngressServer.Key, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(_server.Payload);
    }

    [Theory]
    [InlineData("X-Api-Key", IngressServer.Key)]
    [InlineData("Authorization", "Bearer " + IngressServer.Key)]
    public async Task Post_WithTheKey_IsAccepted(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/in/hr/employees") { Content = new StringContent("<a/>", Encoding.UTF8, "text/xml") };
        request.Headers.Add(header, value);

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData("/in/erp/orders", "text/csv")]
    [InlineData("/in/erp/customers", "application/json")]
    [InlineData("/in/erp/orders", "nonsense")]
    public async Task Post_OfAnotherFormat_Answers415AndSaysWhatFits(string path, string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith("send Content-Type: ", problem.GetProperty("fix").GetString(), StringComparison.Ordinal);
        Assert.Null(_server.Payload);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_OverTheLimit_Answers413AlsoWhenTheLengthIsNotTold(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/in/erp/orders") { Content = new ByteArrayContent(new byte[IngressServer.MaxBody + 1]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Null(_server.Payload);
    }

    [Fact]
    public async Task Post_OfChunkedBody_IsReadWhole()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/in/erp/orders") { Content = new ByteArrayContent(new byte[IngressServer.MaxBody]) };
        request.Headers.TransferEncodingChunked = true;

        using var response = await _server.Client.SendAsync(request);

        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        Assert.Equal(IngressServer.MaxBody, _server.Payload!.Body.Length);
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) =>
        _server.Client.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
}
