using Hub.Core.Operations;

namespace Tests.Runtime;

public sealed class OriginsTests
{
    private const string Deal = """
        fields:
          id: no
          owner: { from: account.owner, required: false }
          total: { expr: $net, type: decimal }
          ship: { from: ship, required: false }
        let: { net: amount * 2 }
        """;

    [Fact]
    public async Task Origins_OfADelivery_TellValuesPlacesAndTheMappingsLines()
    {
        await using var bench = await new EngineBench().Mapping("deal", Deal).Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - map: deal\n  - send: crm.deals").StartAsync();

        var origins = await Origins(bench, """{"no":"A","amount":21}""");

        var mapping = Assert.Single(origins.Mappings);
        Assert.Equal(("deal", (int?)null, false), (mapping.Mapping, mapping.Part, mapping.IsCut));
        Assert.Equal(
            [
                "$net 42 mappings/deal.yaml:8:13 [amount = 21 body:1:20]",
                "id \"A\" mappings/deal.yaml:4:7 [no = \"A\" body:1:7]",
                "owner - mappings/deal.yaml:5:18 [account.owner = no value ] DAT301",
                "total 42 mappings/deal.yaml:6:18 [$net = 42 ]",
                "ship - mappings/deal.yaml:7:17 [ship = no value ] DAT301",
            ],
            mapping.Fields.Select(Line));
        Assert.Empty(origins.Limits);
        Assert.Equal(origins.Revision, origins.ExplainedBy);
    }

    [Fact]
    public async Task Origins_BehindAnEnrichStep_AskNobody_AndSayWhichValuesAreNotTold()
    {
        await using var bench = await new EngineBench()
            .Mapping("deal", Deal.Replace("net: amount * 2", "net: account.factor", StringComparison.Ordinal).Replace("type: decimal", "type: decimal, required: false", StringComparison.Ordinal))
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - enrich: { as: account, from: crm.contacts, where: { no: no } }\n  - map: deal\n  - send: crm.deals")
            .StartAsync();
        var asked = 0;
        bench.Connector.Answer = (_, _) => new($$"""{"owner":"E5","factor":{{Interlocked.Increment(ref asked)}}}""");

        var origins = await Origins(bench, """{"no":"A","ship":"B"}""");

        Assert.Equal(1, asked);
        Assert.Equal(["HUB951"], origins.Limits.Select(limit => limit.Code));
        Assert.Equal(
            [("$net", "HUB954"), ("id", ""), ("owner", "HUB954"), ("total", "HUB954"), ("ship", "")],
            origins.Mappings.Single().Fields.Select(field => (field.Path, string.Concat(field.Findings.Select(finding => finding.Code)))));
    }

    [Fact]
    public async Task Origins_OfASplitMessage_AreToldPartByPart()
    {
        await using var bench = await new EngineBench()
            .Mapping("line", "fields:\n  id: = $message.no & \"-\" & n")
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - split: lines\n  - map: line\n  - send: crm.deals")
            .StartAsync();

        var origins = await Origins(bench, """{"no":"A","lines":[{"n":1},{"n":2}]}""");

        Assert.Equal([(0, "\"A-1\""), (1, "\"A-2\"")], origins.Mappings.Select(mapping => (mapping.Part!.Value, mapping.Fields.Single().Value!)));
        Assert.Equal("lines[1].n", origins.Mappings[1].Fields.Single().Sources[^1].Path);
    }

    [Fact]
    public async Task Origins_UnderAnotherConfiguration_SaySo()
    {
        await using var bench = await new EngineBench().Mapping("deal", Deal).Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - map: deal\n  - send: crm.deals").StartAsync();
        var id = (await bench.PostAsync("""{"no":"A","amount":21}""")).Messages[0].Id;
        await bench.SettleAsync();
        await bench.Mapping("deal", Deal.Replace("id: no", "id: = no & \"!\"", StringComparison.Ordinal)).ApplyAsync();

        var origins = await new HubOperations(bench.Engine).OriginsAsync(id, CancellationToken.None);

        Assert.Equal(["HUB950"], origins!.Limits.Select(limit => limit.Code));
        Assert.Equal("\"A!\"", origins.Mappings.Single().Fields[1].Value);
    }

    [Fact]
    public async Task Origins_OfADeadMessage_ShowTheErrorAtItsField_AndWriteNothing()
    {
        await using var bench = await new EngineBench().Mapping("deal", Deal).Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - map: deal\n  - send: crm.deals").StartAsync();

        var origins = await Origins(bench, """{"no":"A","amount":"many"}""");

        Assert.Equal("T2001", origins.Mappings.Single().Fields[0].Findings.Single().Code);
        Assert.Empty(bench.Connector.Sent);
        Assert.Equal(1, (await bench.LedgerAsync()).Received);
    }

    [Fact]
    public async Task Origins_WithASecret_ShowItNowhere()
    {
        await using var bench = await new EngineBench()
            .Mapping("deal", "fields:\n  id: no\n  pin: { from: person.pin, secret: true }\n  text: = \"pin \" & person.pin")
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - map: deal\n  - send: crm.deals")
            .StartAsync();

        var origins = await Origins(bench, """{"no":"A","person":{"pin":"47114711"}}""");

        var shown = string.Join('\n', origins.Mappings.Single().Fields.Select(Line));
        Assert.DoesNotContain("4711", shown, StringComparison.Ordinal);
        Assert.Contains("text \"pin ***\"", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Origins_OfAMessageThatWaits_TellWhatItWaitsForAndWhatIsKnown()
    {
        await using var bench = await new EngineBench()
            .Mapping("deal", "source: { system: erp }\ntarget: { system: crm }\nfields:\n  id: no\n  owner: { from: who, xref: { entity: user, from: erp, to: crm, missing: hold } }\n")
            .Pipeline("orders", "from: erp.orders\nkey: no\nsteps:\n  - map: deal\n  - send: crm.deals")
            .StartAsync();
        var id = (await bench.PostAsync("""{"no":"A","who":"E5"}""")).Messages[0].Id;
        await bench.QuietAsync();

        var origins = await new HubOperations(bench.Engine).OriginsAsync(id, CancellationToken.None);

        Assert.Equal(["XRF402"], origins!.Limits.Select(limit => limit.Code));
        Assert.Equal(
            ["id \"A\" mappings/deal.yaml:6:7 [no = \"A\" body:1:7]", "owner - mappings/deal.yaml:7:18 [who = \"E5\" body:1:17] XRF402"],
            origins.Mappings.Single().Fields.Select(Line));
        Assert.Empty(bench.Connector.Sent);
    }

    [Fact]
    public async Task Origins_OfAPipelineThatIsGone_OrWithoutAMapping_SayWhy()
    {
        await using var bench = await new EngineBench().Orders().StartAsync();

        Assert.Equal(["HUB953"], (await Origins(bench, """{"no":"A"}""")).Limits.Select(limit => limit.Code));
        Assert.Null(await new HubOperations(bench.Engine).OriginsAsync(default, CancellationToken.None));
    }

    private static async Task<MessageOrigins> Origins(EngineBench bench, string json)
    {
        var id = (await bench.PostAsync(json)).Messages[0].Id;
        await bench.SettleAsync();
        return (await new HubOperations(bench.Engine).OriginsAsync(id, CancellationToken.None))!;
    }

    private static string Line(FieldOrigin field) =>
        $"{field.Path} {field.Value ?? "-"} {field.Mapping} [{string.Join("; ", field.Sources.Select(source => $"{source.Path} = {source.Value ?? "no value"} {source.At}"))}]{string.Concat(field.Findings.Select(finding => " " + finding.Code))}";
}
