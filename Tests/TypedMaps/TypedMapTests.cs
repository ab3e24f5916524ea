using System.Net;
using System.Text;
using AutoMapper;
using Connectors.Sandbox;
using Hub.Abstractions.Messages;
using Hub.Core.Journal;
using Hub.Host.Hosting;
using Hub.Host.TypedMaps;

namespace Tests.TypedMaps;

public sealed class TypedMapTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-typed-").FullName;

    public TypedMapTests()
    {
        Write("hub.yaml", "hub: typed\ndata: data\n");
        Write("systems/erp.yaml", "system: erp\nconnector: http\nendpoints:\n  orders: {}\n");
        Write("systems/oa.yaml", "system: oa\nconnector: sandbox\nendpoints:\n  approvals: { key: title }\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("{ profile: ApprovalProfile }", "")]
    [InlineData("{ profile: ApprovalProfile, source: Order, target: Approval }", "")]
    [InlineData("{ profile: TwoMapsProfile, target: Blue }", "")]
    [InlineData("{ profile: TwoMapsProfile, source: Tests.TypedMaps.TwoMapsProfile+Red, target: Green }", "")]
    [InlineData("{ profile: AprovalProfile }", "pipelines/orders.yaml:5:21: error CFG331: steps[0].map.profile: there is no profile \"AprovalProfile\"; did you mean \"ApprovalProfile\"?")]
    [InlineData("{ profile: TwoMapsProfile }", "pipelines/orders.yaml:5:21: error CFG338: steps[0].map.profile: the profile TwoMapsProfile has several maps")]
    [InlineData("{ profile: TwoMapsProfile, target: Bleu }", "pipelines/orders.yaml:5:45: error CFG332: steps[0].map.target: the profile TwoMapsProfile has no map of the type \"Bleu\"; did you mean \"Blue\"?")]
    [InlineData("{ profile: TwoMapsProfile, source: Rde, target: Blue }", "pipelines/orders.yaml:5:45: error CFG332: steps[0].map.source: the profile TwoMapsProfile has no map of the type \"Rde\"; did you mean \"Red\"?")]
    [InlineData("{ profile: ApprovalProfile, mapping: x }", "pipelines/orders.yaml:5:47: error CFG210: steps[0].map.mapping: there is no mapping \"x\"")]
    [InlineData("{ target: Blue }", "pipelines/orders.yaml:5:12: error CFG337: steps[0].map: a map step has either a mapping, or a profile with its source and target")]
    public void Step_NamesAProfile_OrIsToldWhatIsWrong(string map, string finding) => Assert.Equal(finding, Check(map, new ApprovalProfile(), new TwoMapsProfile()));

    [Fact]
    public void Profile_ThatLeavesAMemberOpen_IsRefusedBeforeAnythingRuns() =>
        Assert.Matches("^pipelines/orders.yaml:5:21: error CFG333: steps\\[0\\].map.profile: the profile OpenProfile is wrong: .*Amount", Check("{ profile: OpenProfile }", new OpenProfile()));

    [Fact]
    public void Extension_WithProfiles_IsLoaded()
    {
        Write("hub.yaml", $"hub: typed\ndata: data\nextensions: [ \"{typeof(ApprovalProfile).Assembly.Location}\" ]\n");

        Assert.Equal(string.Empty, Check("{ profile: ApprovalProfile }"));
        Assert.StartsWith("hub.yaml:3:16: error CFG334: extensions[0]: there are two profiles \"ApprovalProfile\"", Check("{ profile: ApprovalProfile }", new ApprovalProfile()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none.dll", "hub.yaml:3:16: error CFG336: extensions[0]: there is no assembly none.dll")]
    [InlineData("hub.yaml", "hub.yaml:3:16: error CFG336: extensions[0]: there is no assembly hub.yaml")]
    [InlineData("extensions/text.dll", "hub.yaml:3:16: error CFG335: extensions[0]: the extension extensions/text.dll cannot be loaded: ")]
    [InlineData("../x.dll", "hub.yaml:3:16: error YML144: extensions[0]: \"../x.dll\" is not a path that can be used")]
    [InlineData("extensions/connectors.dll", "hub.yaml:3:16: error CFG339: extensions[0]: the extension extensions/connectors.dll has no profile")]
    public void Extension_ThatCannotBeUsed_IsAFinding(string file, string finding)
    {
        Write("extensions/text.dll", "not an assembly");
        File.Copy(typeof(SandboxDirectory).Assembly.Location, Path.Combine(_folder, "extensions", "connectors.dll"));
        Write("hub.yaml", $"hub: typed\ndata: data\nextensions: [ \"{file}\" ]\n");

        Assert.StartsWith(finding, Check("{ profile: ApprovalProfile }", new ApprovalProfile()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_IsMappedByTheProfile_AndABadOneIsDeadWithAPlace()
    {
        Pipeline("{ profile: ApprovalProfile }");
        await using var hub = await HubHost.StartAsync(
            new HubHostOptions { ConfigurationFolder = _folder, Address = "http://127.0.0.1:0", Watch = false, Log = false, TypedMaps = folder => new Extensions(folder, [new ApprovalProfile()]) }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = hub.Address };

        await PostAsync(client, """{"orderNo":"SO-1","freight":32.380,"lines":[{"qty":2,"price":10.50},{"qty":1,"price":0.10}]}""");
        await PostAsync(client, """{"orderNo":"SO-2","freight":1,"lines":[{"qty":13,"price":1}]}""");
        await PostAsync(client, """{"orderNo":"SO-3","freight":1,"lines":[{"qty":"many","price":1}]}""");
        await PostAsync(client, """{"freight":1,"lines":[]}""");
        await hub.Engine.WaitForIdleAsync(CancellationToken.None);

        Assert.Equal("""{"title":"SO-1: 2","amount":21.10,"freight":32.380}""", await client.GetStringAsync(new Uri("/sandbox/oa/approvals/SO-1: 2", UriKind.Relative)));
        var dead = await hub.Operations.DeadAsync(null, CancellationToken.None);
        Assert.Equal([("MAP298", 2), ("MAP299", 1)], dead.Select(group => (group.Code, group.Count)).OrderBy(group => group.Code));
        var delivered = (await hub.Operations.MessagesAsync(new MessageQuery { State = MessageState.Delivered }, CancellationToken.None)).Single();
        Assert.True(MessageId.TryParse(delivered.Id, out var id));
        Assert.Equal(["HUB958"], (await hub.Operations.OriginsAsync(id, CancellationToken.None))!.Limits.Select(limit => limit.Code));
        Assert.Equal("the profile ApprovalProfile failed: thirteen is not sold", dead.Single(group => group.Code == "MAP299").Example.Text);
    }

    private static async Task PostAsync(HttpClient client, string order)
    {
        using var content = new StringContent(order, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/in/erp/orders", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private string Check(string map, params Profile[] profiles)
    {
        Pipeline(map);
        return string.Join('\n', new HubConfiguration(_folder, null, new SandboxDirectory(), TimeProvider.System, folder => new Extensions(folder, profiles)).Check().Report.Lines().Select(line => line.Replace(_folder + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal)));
    }

    private void Pipeline(string map) => Write("pipelines/orders.yaml", $"pipeline: orders\nfrom: erp.orders\ndedupe: content\nsteps:\n  - map: {map}\n  - send: oa.approvals\n");

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Nothing says where the amount comes from. It is private, so that no extension test finds it.</summary>
    private sealed class OpenProfile : Profile
    {
        public OpenProfile() => CreateMap<ApprovalProfile.Line, ApprovalProfile.Approval>();
    }
}
