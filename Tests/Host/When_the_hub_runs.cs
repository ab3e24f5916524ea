using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tests.Host;

public sealed class When_the_hub_runs(RunningHub hub) : IClassFixture<RunningHub>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_answer_the_same_event_with_the_first_id()
    {
        var envelope = """{"specversion":"1.0","id":"E-1","source":"/erp","type":"order","data":{"no":"SO-7"}}"""u8.ToArray();

        using var first = await hub.PostAsync("/in/erp/orders", envelope, "application/cloudevents+json");
        using var second = await hub.PostAsync("/in/erp/orders", envelope, "application/cloudevents+json");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Should_cut_a_gbk_file_into_its_records()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var xml = Encoding.GetEncoding("gbk").GetBytes(
            "<?xml version=\"1.0\" encoding=\"GBK\"?><员工列表><员工><编号>E1</编号><姓名>王芳</姓名></员工><员工><编号>E2</编号><姓名>李强</姓名></员工></员工列表>");

        using var response = await hub.PostAsync("/in/hr/people", xml, "application/xml", RunningHub.Key);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(2, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32());
        var person = await UntilAsync(() => hub.Client.GetAsync(new Uri("/sandbox/crm/people/E2", UriKind.Relative)), answer => answer.IsSuccessStatusCode);
        Assert.Contains("李强", await person.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "values of person\n  no: \"E7\"  <- 编号  mappings/person.yaml:4:7\n      编号 = \"E7\"  body:1:", "\n      姓名 = \"王芳\"  body:1:")]
    [InlineData("zh", "person 的值\n  no: \"E7\"  <- 编号  mappings/person.yaml:4:7\n      编号 = \"E7\"  body:1:", "\n      姓名 = \"王芳\"  body:1:")]
    public async Task Should_tell_where_the_values_of_a_message_come_from(string language, params string[] shown)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var xml = Encoding.GetEncoding("gbk").GetBytes("<?xml version=\"1.0\" encoding=\"GBK\"?><员工列表><员工><编号>E7</编号><姓名>王芳</姓名></员工></员工列表>");
        using var response = await hub.PostAsync("/in/hr/people", xml, "application/xml", RunningHub.Key);
        var messages = await hub.Client.GetFromJsonAsync<JsonElement>(new Uri("/ops/messages?pipeline=people&key=E7", UriKind.Relative));
        var id = messages[0].GetProperty("id").GetString()!;

        var run = await Commands.CommandRun.Of("explain", id, "--values", "--hub", hub.Client.BaseAddress!.ToString(), "--language", language);

        Assert.Equal((0, string.Empty), (run.Exit, run.Errors));
        Assert.All(shown, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_turn_a_message_into_a_test_that_passes()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var xml = Encoding.GetEncoding("gbk").GetBytes("<?xml version=\"1.0\" encoding=\"GBK\"?><员工列表><员工><编号>E8</编号></员工></员工列表>");
        using var response = await hub.PostAsync("/in/hr/people", xml, "application/xml", RunningHub.Key);
        var messages = await hub.Client.GetFromJsonAsync<JsonElement>(new Uri("/ops/messages?pipeline=people&key=E8", UriKind.Relative));
        var id = messages[0].GetProperty("id").GetString()!;
        string[] from = ["test", "--from", id, "--config", hub.Folder, "--hub", hub.Client.BaseAddress!.ToString()];

        var first = await Commands.CommandRun.Of(from);
        var again = await Commands.CommandRun.Of(from);
        var test = await Commands.CommandRun.Of("test", "--config", hub.Folder);

        var file = Path.Combine(hub.Folder, "mappings", "person.test.yaml");
        Assert.Equal((0, $"{file}:3:1: message {id} of people\n", string.Empty), (first.Exit, first.Output, first.Errors));
        Assert.Equal($"tests_for: person\ntests:\n  - name: message {id} of people\n    given: {{ 编号: E8 }}\n    expect_error: {{ code: DAT301, field: name, outcome: dead-letter }}\n", File.ReadAllText(file));
        Assert.Equal((1, $"{file}:3:11: error TST551: the file has a test \"message {id} of people\" already\n"), (again.Exit, again.Errors));
        Assert.Equal(0, test.Exit);
    }

    [Fact]
    public async Task Should_replay_a_dead_letter_once_its_target_is_back()
    {
        await BehaveAsync(down: true);
        using var accepted = await hub.PostAsync("/in/erp/orders", """{"no":"SO-9"}""");
        var id = (await accepted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        await UntilAsync(() => StateAsync(id!), state => state == "dead");
        await BehaveAsync(down: false);

        using var replay = await hub.Client.PostAsJsonAsync(new Uri("/ops/replay", UriKind.Relative), new { ids = new[] { id }, reason = "crm is back" });

        Assert.Equal(id, (await replay.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("replayed")[0].GetString());
        await UntilAsync(() => StateAsync(id!), state => state == "delivered");
        var ledger = await hub.Client.GetFromJsonAsync<JsonElement>(new Uri("/ops/ledger", UriKind.Relative));
        Assert.All(ledger.EnumerateArray(), row => Assert.Equal(0, row.GetProperty("unaccounted").GetInt64()));
    }

    [Fact]
    public async Task Should_keep_the_good_configuration_while_a_file_is_broken()
    {
        var before = await StatusAsync();

        hub.Write("systems/erp.yaml", "system: erp\nconnector: http\nendpoints:\n  orders: {}\n  idle: {}\n  typo: { formt: json }\n");
        var broken = await UntilAsync(StatusAsync, status => status.GetProperty("heldBack").GetArrayLength() > 0);
        hub.Write("systems/erp.yaml", "system: erp\nconnector: http\nendpoints:\n  orders: {}\n  idle: {}\n  more: {}\n");
        await UntilAsync(StatusAsync, status => status.GetProperty("heldBack").GetArrayLength() == 0 && Revision(status) != Revision(before));

        Assert.Equal("systems/erp.yaml", broken.GetProperty("heldBack")[0].GetString());
        Assert.Equal(Revision(before), Revision(broken));
    }

    private static string Revision(JsonElement status) => status.GetProperty("revision").GetString()!;

    private Task<JsonElement> StatusAsync() => hub.Client.GetFromJsonAsync<JsonElement>(new Uri("/ops/status", UriKind.Relative));

    private async Task<string?> StateAsync(string id) =>
        (await hub.Client.GetFromJsonAsync<JsonElement>(new Uri($"/ops/messages/{id}", UriKind.Relative))).GetProperty("state").GetString();

    private async Task BehaveAsync(bool down)
    {
        using var answer = await hub.Client.PutAsJsonAsync(new Uri("/sandbox/crm/behavior", UriKind.Relative), new { down });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Asks again until the answer is the one waited for.</summary>
    private static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> met)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var answer = await ask();
            if (met(answer)) return answer;
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
