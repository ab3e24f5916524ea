using Hub.Core.Configuration;
using Hub.Core.Runtime;
using Mappings.Diagnostics;
using Mappings.Yaml;
using Tests.Runtime;
using Tests.Support;

namespace Tests.Delivery;

/// <summary>What needs the journal is refused beside <c>durability: broker</c>, with the reason.</summary>
public sealed class DurabilityTests
{
    private const string Mapping = "mapping: deal\nversion: 1\nsource: { system: erp }\ntarget: { system: crm }\n";

    [Theory]
    [InlineData("", "dedupe: key\n", "  - send: crm.deals", "", "CFG367")]
    [InlineData("", "dedupe: none\n", "  - send: crm.deals", "", null)]
    [InlineData("after_dead: hold\n", "", "  - send: crm.deals", "", "CFG366")]
    [InlineData("", "", "  - map: deal\n  - send: crm.deals", "fields: { id: { from: no, xref: { entity: order, from: erp, to: crm, missing: hold } } }\n", "CFG368")]
    [InlineData("", "", "  - map: deal\n  - send: crm.deals", "fields: { id: { from: no, xref: { entity: order, from: erp, to: crm, missing: create } } }\n", "CFG368")]
    [InlineData("", "", "  - map: deal\n  - send: crm.deals", "fields: { id: { from: no, xref: { entity: order, from: erp, to: crm } } }\n", null)]
    [InlineData("", "", "  - split: lines\n  - send: crm.deals", "", null)]
    public void Broker_WithWhatNeedsTheJournal_IsRefused(string system, string pipeline, string steps, string fields, string? code)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["hub.yaml"] = "hub: test\n",
            ["systems/erp.yaml"] = "system: erp\nconnector: scripted\nendpoints: { orders: {} }\n",
            ["systems/crm.yaml"] = $"system: crm\nconnector: scripted\n{system}endpoints: {{ deals: {{}} }}\n",
            ["pipelines/orders.yaml"] = $"pipeline: orders\nfrom: erp.orders\nkey: no\ndurability: broker\n{pipeline}steps:\n{steps}\n",
        };
        if (fields.Length > 0) files["mappings/deal.yaml"] = Mapping + fields;
        var compiler = new HubCompiler([new ScriptedConnector()], new FakeClock());
        var loaded = ConfigurationLoader.Load(ConfigurationSnapshot.Of("config", files), null, compiler.Specs, new NoReferences());
        var findings = new Findings();
        findings.AddRange(loaded.Findings);
        if (!findings.HasErrors) compiler.Compile(loaded, findings);

        Assert.Equal(code is null ? [] : [code], findings.Where(f => f.Severity == Severity.Error).Select(f => f.Code));
    }

    private sealed class NoReferences : IReferenceSource
    {
        public string? Variable(string name) => null;

        public string? File(string path) => null;
    }
}
