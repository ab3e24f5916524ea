using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tests.Host;

/// <summary>Every bad message ends as a 4xx that says why, and the hub goes on.</summary>
public sealed class When_bad_input_arrives(RunningHub hub) : IClassFixture<RunningHub>
{
    public static TheoryData<string, string, HttpStatusCode, string> Bodies() => new()
    {
        { "malformed JSON", """{"no": tru}""", HttpStatusCode.BadRequest, "FMT201" },
        { "truncated JSON", """{"no": "SO-1", "lines": [""", HttpStatusCode.BadRequest, "FMT" },
        { "a key twice", """{"no": "SO-1", "no": "SO-2"}""", HttpStatusCode.BadRequest, "FMT205" },
        { "10,000 levels", string.Concat(Enumerable.Repeat("[", 10_000)), HttpStatusCode.BadRequest, "LIM521" },
        { "nothing at all", string.Empty, HttpStatusCode.BadRequest, "FMT" },
        { "over the limit", "\"" + new string('x', 70_000) + "\"", HttpStatusCode.RequestEntityTooLarge, "ING724" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Should_answer_with_a_problem_that_names_the_fault(string what, string body, HttpStatusCode status, string code)
    {
        using var response = await hub.PostAsync("/in/erp/orders", body);

        Assert.True(status == response.StatusCode, $"{what}: {await response.Content.ReadAsStringAsync()}");
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith(code, problem.GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_name_the_byte_that_is_not_of_the_encoding()
    {
        using var response = await hub.PostAsync("/in/erp/orders", [.. """{"no":"SO-"""u8, 0xFF, .. "\"}"u8]);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("ENC", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/in/nowhere/orders")]
    [InlineData("/in/erp/nothing")]
    [InlineData("/in/erp/idle")]
    public async Task Should_not_find_an_endpoint_that_leads_nowhere(string path)
    {
        using var response = await hub.PostAsync(path, "{}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Should_let_nobody_in_without_the_systems_key()
    {
        using var response = await hub.PostAsync("/in/hr/people", "<a/>"u8.ToArray(), "application/xml");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Should_make_a_dead_letter_of_a_record_without_its_key()
    {
        using var response = await hub.PostAsync("/in/erp/orders", """{"nummer":"SO-1"}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        var explanation = await hub.Client.GetFromJsonAsync<JsonElement>(new Uri($"/ops/messages/{id}", UriKind.Relative));
        Assert.Equal("dead", explanation.GetProperty("state").GetString());
        Assert.Equal("DAT361", explanation.GetProperty("findings")[0].GetProperty("code").GetString());
    }
}
