using System.Text;
using Hub.Core.Operations;

namespace Tests.Runtime;

public sealed class SamplesTests
{
    [Theory]
    [InlineData("""{"pin":"47X11b","no":"A"}""", """{"pin":"99X99x","no":"A"}""")]
    [InlineData("""{"pin":"王芳-7","no":"A"}""", """{"pin":"某某-9","no":"A"}""")]
    [InlineData("""{"pin":-470.50,"no":7}""", """{"pin":-999.99,"no":7}""")]
    [InlineData("""{"pin":{"a":["x1",true,null]}}""", """{"pin":{"a":["x9",true,null]}}""")]
    [InlineData("""{"pin":"47114711","note":"his pin is 47114711."}""", """{"pin":"99999999","note":"his pin is 99999999."}""")]
    [InlineData("""{"pin":"471","note":"room 471"}""", """{"pin":"999","note":"room 471"}""")]
    [InlineData("""{"total":1.50,"id":90071992547409931}""", """{"total":1.50,"id":90071992547409931}""")]
    public void Mask_KeepsTheShapeOfASecretAndTheDigitsOfAllElse(string json, string masked) =>
        Assert.Equal(masked, new SampleMask(new HashSet<string> { "pin" }).Apply(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public async Task Sample_BehindAnEnrichStep_NamesWhatTheMappingReadsOfTheAnswer()
    {
        await using var bench = await new EngineBench()
            .Mapping("deal", "fields:\n  id: no\n  owner: account.owner\n  pin: { from: pin, secret: true, required: false }")
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - enrich: { as: account, from: crm.contacts, where: { no: no } }\n  - map: deal\n  - send: crm.deals")
            .StartAsync();
        bench.Connector.Answer = (_, _) => new("""{"owner":"E5"}""");
        var id = (await bench.PostAsync("""{"no":"A","pin":"47114711"}""")).Messages[0].Id;
        await bench.SettleAsync();

        var sample = await new HubOperations(bench.Engine).SampleAsync(id, CancellationToken.None);

        var given = Assert.Single(sample!.Mappings);
        Assert.Equal(("deal", """{"no":"A","pin":"99999999"}""", (string?)null), (given.Mapping, given.Record, sample.Message));
        Assert.Equal(["account.owner"], given.Unanswered);
        Assert.Null(sample.Error);
    }

    [Fact]
    public async Task Sample_OfManyParts_KeepsTheFirstAndThoseThatAreRefused()
    {
        await using var bench = await new EngineBench()
            .Mapping("line", "fields:\n  n: { from: n, type: integer }")
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - split: lines\n  - map: line\n  - send: crm.deals")
            .StartAsync();
        var lines = string.Join(',', Enumerable.Range(0, 300).Select(i => i is 120 or 200 ? "{\"n\":\"x\"}" : $"{{\"n\":{i}}}"));
        var id = (await bench.PostAsync($"{{\"no\":\"A\",\"lines\":[{lines}]}}")).Messages[0].Id;
        await bench.SettleAsync();

        var sample = await new HubOperations(bench.Engine).SampleAsync(id, CancellationToken.None);

        Assert.Equal(2, sample!.Mappings.Count(given => given.IsRefused));
        Assert.InRange(sample.Mappings.Count, 50, 60);
        Assert.Equal("""{"n":0}""", sample.Mappings[0].Record);
    }

    [Fact]
    public async Task Sample_OfADeadPart_HasTheWholeMessageAndTheError()
    {
        await using var bench = await new EngineBench()
            .Mapping("line", "fields:\n  n: { from: n, type: integer }")
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - split: lines\n  - map: line\n  - send: crm.deals")
            .StartAsync();
        var id = (await bench.PostAsync("""{"no":"A","lines":[{"n":1},{"n":"x"}]}""")).Messages[0].Id;
        await bench.SettleAsync();

        var sample = await new HubOperations(bench.Engine).SampleAsync(id, CancellationToken.None);

        Assert.Equal("DAT310", sample!.Error);
        Assert.Equal([("""{"n":1}""", false), ("""{"n":"x"}""", true)], sample.Mappings.Select(given => (given.Record, given.IsRefused)));
        Assert.Equal("""{"no":"A","lines":[{"n":1},{"n":"x"}]}""", sample.Message);
    }
}
