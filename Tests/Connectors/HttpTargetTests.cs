using System.Text;
using Connectors.Http;
using Hub.Abstractions;
using Hub.Abstractions.Messages;
using Mappings.Diagnostics;

namespace Tests.Connectors;

public sealed class HttpTargetTests
{
    private static readonly EndpointName Endpoint = new("crm", "deals");

    [Theory]
    [InlineData("{id}", """{"id":"SO-1"}""", "https://crm.example.com:8443/api/SO-1")]
    [InlineData("/deals/{header.no}/items", """{"header":{"no":7.50}}""", "https://crm.example.com:8443/api/deals/7.50/items")]
    [InlineData("deals/{id}", """{"id":"a/b?c#d&e=f%2e g"}""", "https://crm.example.com:8443/api/deals/a%2Fb%3Fc%23d%26e%3Df%252e%20g")]
    [InlineData("deals/{id}", """{"id":"https://evil.example/x"}""", "https://crm.example.com:8443/api/deals/https%3A%2F%2Fevil.example%2Fx")]
    [InlineData("{id}", """{"id":"//evil.example"}""", "https://crm.example.com:8443/api/%2F%2Fevil.example")]
    [InlineData("{id}", """{"id":"@evil.example"}""", "https://crm.example.com:8443/api/%40evil.example")]
    [InlineData("deals/{id}", """{"id":"刘"}""", "https://crm.example.com:8443/api/deals/%E5%88%98")]
    public void For_ValueOfAMessage_StaysOnePartOfThePath(string path, string body, string expected)
    {
        var address = Target(path).For(Encoding.UTF8.GetBytes(body));

        Assert.Equal(expected, address.AbsoluteUri);
        Assert.Equal("crm.example.com", address.Host);
    }

    [Theory]
    [InlineData("""{"id":".."}""", "DLV627")]
    [InlineData("""{"id":"."}""", "DLV627")]
    [InlineData("""{"id":"../../admin"}""", "DLV627")]
    [InlineData("""{"id":"a/../b"}""", "DLV627")]
    [InlineData("""{"id":"..\\admin"}""", "DLV627")]
    [InlineData("""{"id":"a\r\nHost: evil"}""", "DLV627")]
    [InlineData("""{"id":""}""", "DLV626")]
    [InlineData("""{"id":null}""", "DLV626")]
    [InlineData("""{"id":{"x":1}}""", "DLV626")]
    [InlineData("""{}""", "DLV626")]
    [InlineData("""not json""", "DLV626")]
    public void For_ValueThatWouldClimbOrIsMissing_IsRefusedForGood(string body, string code)
    {
        var failure = Assert.Throws<PermanentException>(() => Target("deals/{id}").For(Encoding.UTF8.GetBytes(body)));

        Assert.Equal(code, failure.Finding.Code);
    }

    [Fact]
    public void For_Question_FillsPathAndAsksTheRest()
    {
        var address = Target("people/{name}", ("version", "2")).For([new("name", "O'Neil & Co"), new("city", "Reims&x=1")]);

        Assert.Equal("/api/people/O%27Neil%20%26%20Co?version=2&city=Reims%26x%3D1", address.PathAndQuery);
    }

    [Theory]
    [InlineData("../admin")]
    [InlineData("deals/../../x")]
    [InlineData("deals?x=1")]
    [InlineData("deals#x")]
    [InlineData("deals/%2e%2e")]
    [InlineData("deals\\x")]
    [InlineData("deals/{id")]
    [InlineData("deals/{}")]
    [InlineData("a b")]
    public void TryCreate_PathThatLeadsElsewhere_IsRefused(string path)
    {
        var findings = new Findings();

        Assert.Null(HttpTarget.TryCreate(Endpoint, new Uri("https://crm.example.com"), path, new SourcePosition("systems/crm.yaml", 4, 5), [], findings));

        Assert.Equal("systems/crm.yaml:4:5: error CFG281: path: the path cannot be used", Assert.Single(findings).ToString());
    }

    private static HttpTarget Target(string path, params (string Name, string Value)[] query)
    {
        var findings = new Findings();
        var target = HttpTarget.TryCreate(Endpoint, new Uri("https://crm.example.com:8443/api/"), path, SourcePosition.None, query.Select(q => (q.Name, q.Value, SourcePosition.None)), findings);
        Assert.Empty(findings);
        return target!;
    }
}
