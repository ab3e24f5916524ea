using System.Net;
using System.Text;

namespace Tests.Api;

public sealed class CloudEventTests : IClassFixture<IngressServer>
{
    private readonly IngressServer _server;

    public CloudEventTests(IngressServer server)
    {
        _server = server;
        server.Reset();
    }

    [Fact]
    public async Task BinaryEvent_Attributes_TravelWithTheBody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/in/erp/orders") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", "A-1");
        request.Headers.Add("ce-source", "/erp");
        request.Headers.Add("ce-type", "order.created");
        request.Headers.Add("ce-subject", "SO-1");
        request.Headers.Add("ce-time", "2026-11-21T03:00:00Z");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var response = await _server.Client.SendAsync(request);

        var attributes = _server.Payload!.Attributes;
        Assert.Equal(("A-1", "/erp", "order.created", "SO-1", "2026-11-21T03:00:00Z"), (attributes.EventId, attributes.Source, attributes.Type, attributes.Subject, attributes.Time));
        Assert.StartsWith("00-0af7", attributes.TraceParent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainBody_IdempotencyKey_IsTheEventsIdentity()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/in/erp/orders") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "K-1");

        using var response = await _server.Client.SendAsync(request);

        Assert.Equal("K-1", _server.Payload!.Attributes.EventId);
    }

    [Fact]
    public async Task StructuredEvent_Data_IsTheBodyByteForByte()
    {
        using var response = await PostAsync("""{"specversion":"1.0","id":"A-1","source":"/erp","type":"order","data":{"amount": 12.50,"big":90071992547409931}}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"amount": 12.50,"big":90071992547409931}""", Encoding.UTF8.GetString(_server.Payload!.Body.Span));
        Assert.Equal(("A-1", "/erp"), (_server.Payload.Attributes.EventId, _server.Payload.Attributes.Source));
    }

    [Fact]
    public async Task StructuredEvent_Base64Data_IsDecoded()
    {
        using var response = await PostAsync("""{"specversion":"1.0","id":"A-1","source":"/erp","type":"order","data_base64":"eyJhIjoxfQ=="}""");

        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(_server.Payload!.Body.Span));
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","source":"/erp","type":"order","data":{}}""", "id")]
    [InlineData("""{"specversion":"0.3","id":"1","source":"/erp","type":"order","data":{}}""", "0.3")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"/erp","type":"order","data_base64":"%%"}""", "base64")]
    [InlineData("""{"specversion":"1.0","id":"1","id":"2","source":"/erp","type":"order"}""", "JSON")]
    [InlineData("""[1]""", "object")]
    [InlineData("""{"specversion":""", "JSON")]
    public async Task StructuredEvent_ThatIsNone_Answers400AndSaysWhy(string envelope, string reason)
    {
        using var response = await PostAsync(envelope);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(_server.Payload);
    }

    private Task<HttpResponseMessage> PostAsync(string envelope) =>
        _server.Client.PostAsync(new Uri("/in/erp/orders", UriKind.Relative), new StringContent(envelope, Encoding.UTF8, "application/cloudevents+json"));
}
