using Hub.Abstractions.Connectors;
using Hub.Core.Configuration;
using Mappings.Formats;
using Mappings.Yaml;
using Xunit;

namespace Tests.Configuration;

public sealed class ConfigurationLoaderTests
{
    [Fact]
    public void Configuration_ThatIsRight_IsReadWhole()
    {
        var loaded = ExampleCompany.Load();

        Assert.Empty(loaded.Findings);
        Assert.True(loaded.IsValid);
        Assert.Equal("example-company", loaded.Hub.Name);
        Assert.Equal(16 * 1024 * 1024, loaded.Hub.Ingress.MaxBody);
        Assert.Equal(["crm", "erp"], loaded.Systems.Keys.Order());
        Assert.Equal(["erp-order"], loaded.Contracts.Keys);
        Assert.Equal(["currency-iso", "uom"], loaded.Lookups.Keys.Order());
        Assert.NotNull(loaded.Lookups["uom"].Root);
        Assert.NotNull(loaded.Lookups["currency-iso"].Csv);
        Assert.Equal(["erp-order-to-crm-deal"], loaded.Mappings.Keys);
        Assert.StartsWith("mapping: erp", loaded.Mappings["erp-order-to-crm-deal"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void System_WithItsConnectorsFields_IsReadTyped()
    {
        var crm = ExampleCompany.Load().Systems["crm"];

        Assert.Equal("web", crm.Connector);
        Assert.Equal("http://crm.example/", crm.Fields.Text("address"));
        Assert.Equal("marker-s3cret", crm.Fields.Text("password"));
        Assert.True(crm.Fields.Find("password")!.IsSecret);
        Assert.Equal(["deals", "contacts"], crm.Endpoints.Keys);
        Assert.Equal("/deals", crm.Endpoints["deals"].Fields.Text("path"));
        Assert.Equal("systems/crm.yaml:7:3", crm.Endpoints["contacts"].At.ToString());
        Assert.Equal(4, crm.Limits.Concurrency);
        Assert.Null(crm.Limits.Rate);
        Assert.Equal([TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)], crm.Retry.Delayed);
        Assert.Equal(0.2m, crm.Retry.Jitter);
        Assert.Equal(AfterDead.Continue, crm.AfterDead);
    }

    [Fact]
    public void Endpoint_WithAFormat_HasItsOptions()
    {
        var erp = ExampleCompany.Load(("systems/erp.yaml", "system: erp\nconnector: sandbox\nendpoints:\n  orders: { format: xml, encoding: gbk, record: /list/item, namespaces: { p: \"urn:x\" } }\n  people: { format: csv, delimiter: \"\\t\", header: false, columns: [ a, b ], empty_as: text }\n  plain: {}\n"));

        Assert.Empty(erp.Findings);
        var orders = erp.Endpoint("erp.orders")!.Format;
        Assert.Equal((MessageFormat.Xml, "gbk", "/list/item", "p"), (orders.Format, orders.Encoding.Name, orders.Record, orders.Namespaces["urn:x"]));
        var people = erp.Endpoint("erp.people")!.Format;
        Assert.Equal((MessageFormat.Csv, '\t', false, EmptyAs.Text), (people.Format, people.Delimiter, people.Header, people.EmptyAs));
        Assert.Equal(["a", "b"], people.Columns);
        Assert.Equal(MessageFormat.Json, erp.Endpoint("erp.plain")!.Format.Format);
        Assert.Null(erp.Endpoint("erp.none"));
    }

    [Fact]
    public void Pipeline_WithSteps_KeepsTheirOrderAndPlaces()
    {
        var pipeline = ExampleCompany.Load().Pipelines["erp-orders-to-crm"];

        Assert.Equal("erp.orders", pipeline.From);
        Assert.Equal("header.orderNo", pipeline.Key!.Text);
        Assert.Equal(["filter", "validate", "translate", "map", "send"], pipeline.Steps.Select(s => s.Kind));
        Assert.Equal("pipelines/erp-orders-to-crm.yaml:5:5", pipeline.Steps[0].At.ToString());
        Assert.Equal("steps[3].map", pipeline.Steps[3].Path);
        Assert.Equal(["crm.deals"], pipeline.Steps[4].Fields.Texts("to"));
    }

    [Fact]
    public void Step_WithAJsonataGroup_IsNotTakenForAReference()
    {
        var loaded = ExampleCompany.Load(("pipelines/erp-orders-to-crm.yaml", "pipeline: erp-orders-to-crm\nfrom: erp.orders\nsteps:\n  - filter: $count(lines${sku:qty}) > 1\n  - send: crm.deals\n"));

        Assert.Empty(loaded.Findings);
    }

    [Fact]
    public void Environment_OverASystem_ReplacesKeysAndLeavesTheOldConnectorsFieldsBehind()
    {
        var loaded = ExampleCompany.Load(ExampleCompany.Files(), "test");

        Assert.Empty(loaded.Findings);
        var crm = loaded.Systems["crm"];
        Assert.Equal("sandbox", crm.Connector);
        Assert.Equal(["deals", "contacts"], crm.Endpoints.Keys);
        Assert.Equal("externalId", crm.Endpoints["deals"].Fields.Expression("key").Text);
        Assert.Equal("environments/test.yaml:5:32", crm.Endpoints["deals"].Fields.Position("key").ToString());
        Assert.Equal("sandbox", loaded.Systems["erp"].Connector);
    }

    [Fact]
    public void Environment_WithTheSameConnector_MergesDeeply()
    {
        var files = ExampleCompany.Files(
            ("systems/crm.yaml", "system: crm\nconnector: web\naddress: http://a\nretry: { immediate: 1, jitter: 5% }\nendpoints: { deals: /deals }\n"),
            ("environments/test.yaml", "environment: test\nhub: { language: zh }\nsystems: { crm: { address: \"http://b\", retry: { immediate: 7 } } }\n"));

        var loaded = ExampleCompany.Load(files, "test");

        Assert.Empty(loaded.Findings);
        Assert.Equal("zh", loaded.Hub.Language);
        var crm = loaded.Systems["crm"];
        Assert.Equal("http://b", crm.Fields.Text("address"));
        Assert.Equal(7, crm.Retry.Immediate);
        Assert.Equal(0.05m, crm.Retry.Jitter);
        Assert.Equal("environments/test.yaml:3:60", crm.Fields.Object("retry").Position("immediate").ToString());
        Assert.Equal("systems/crm.yaml:4:32", crm.Fields.Object("retry").Position("jitter").ToString());
    }

    [Fact]
    public void Revision_OfTheSameFiles_ChangesWithContentAndEnvironmentOnly()
    {
        var first = ExampleCompany.Load();

        Assert.Matches("^[0-9a-f]{12}$", first.Revision);
        Assert.Equal(first.Revision, ExampleCompany.Load().Revision);
        Assert.Equal(first.Revision, ExampleCompany.Load(("mappings/erp-order-to-crm-deal.test.yaml", "tests_for: x\n")).Revision);
        Assert.Equal(first.Revision, ExampleCompany.Load(("environments/test.yaml", "environment: test\n")).Revision);
        Assert.NotEqual(first.Revision, ExampleCompany.Load(("contracts/erp-order.yaml", "contract: erp-order\ntype: array\n")).Revision);
        Assert.NotEqual(first.Revision, ExampleCompany.Load(ExampleCompany.Files(), "test").Revision);
        Assert.Equal("systems/crm.yaml", first.FileRevisions.Single(f => f.Value == first.FileRevisions["systems/crm.yaml"]).Key);
        Assert.DoesNotContain("environments/test.yaml", first.FileRevisions.Keys);
    }

    [Fact]
    public void Connector_WithAFieldThatEverySystemHas_IsAFaultOfTheProgram()
    {
        var connector = new ConnectorSpec("x", new ObjectSpec("system", "X.", "{}", [FieldSpec.Optional("retry", FieldType.Text, "Own.", "a")]), new ObjectSpec("endpoint", "E.", "{}", []), ConnectorAbilities.None);

        Assert.Throws<ArgumentException>(() => new ConfigurationSpecs([connector], new Dictionary<string, ObjectSpec>()));
    }

    [Fact]
    public void Files_ThatAreWrong_StillGiveWhatCouldBeRead()
    {
        var loaded = ExampleCompany.Load(("systems/crm.yaml", "system: crm\nconnector: web\n"));

        Assert.False(loaded.IsValid);
        Assert.Contains("erp-order-to-crm-deal", loaded.Mappings.Keys);
        Assert.Contains("erp", loaded.Systems.Keys);
    }

    [Theory]
    [InlineData("mappings/erp-order-to-crm-deal.test.yaml", null, false)]
    [InlineData("mappings/erp-order-to-crm-deal.test.yaml", "tests_for: erp-order-to-crm-deal\ntests: []\n", false)]
    [InlineData("mappings/erp-order-to-crm-deal.test.yaml", "tests_for: erp-order-to-crm-deal\ntests: [ { name: a } ]\n", true)]
    [InlineData("mappings/erp-order-to-crm-deal.yaml", "mapping: erp-order-to-crm-deal\nfields: { a: b }\ntests: [ { name: a } ]\n", true)]
    public void Mapping_WhereTestsAreRequired_HasSome(string path, string? text, bool isTested)
    {
        var loaded = ExampleCompany.Load(("hub.yaml", "hub: x\nrequire_tests: true\n"), (path, text));

        Assert.Equal(
            isTested ? [] : ["mappings/erp-order-to-crm-deal.yaml:1:10: error CFG330: the mapping \"erp-order-to-crm-deal\" has no tests"],
            loaded.Findings.Select(finding => finding.ToString()));
        Assert.Empty(ExampleCompany.Load((path, text)).Findings);
    }

    [Fact]
    public void Specs_OfTheFiles_AgreeWithThemselves()
    {
        Assert.Empty(new[] { FileSpecs.Hub, FileSpecs.Environment, FileSpecs.Pipeline }.SelectMany(SpecExamples.Check));
        Assert.Empty(ExampleCompany.Specs.Connectors.Keys.SelectMany(c => SpecExamples.Check(ExampleCompany.Specs.System(c))));
    }

    [Fact]
    public void SecretMarker_PushedThroughEveryFinding_IsNeverPrinted()
    {
        const string Marker = "m4rker";
        var files = ExampleCompany.Files(
            ("systems/crm.yaml", $"system: crm\nconnector: web\naddress: x\nport: {Marker}\npasword: {Marker}\nendpoints: {{ deals: /d }}\n"),
            ("systems/oa.yaml", $"system: oa\nconnector: web\naddress: x\npassword: [ {Marker} ]\nlimits: {{ rate: fast }}\n"),
            ("systems/hr.yaml", $"system: hr\nconnector: web\naddress: x\npassword:\n  {Marker}: {Marker}\n  b: {Marker}\n"),
            ("systems/im.yaml", $"system: im\nconnector: web\naddress: x\nport: '${{file:/run/secrets/crm}}'\n"),
            ("systems/sms.yaml", $"system: sms\nconnector: web\naddress: {{ password: {Marker} }}\npassword: \"{Marker}\" {Marker}\n"),
            ("systems/a1.yaml", $"system: a1\nconnector: web\naddress: x\npassword: *{Marker}\n"),
            ("systems/a2.yaml", $"system: a2\nconnector: web\naddress: x\npassword: !{Marker}\n"),
            ("systems/a3.yaml", $"system: a3\nconnector: web\naddress: x\npassword: '${{{Marker}'\n"),
            ("systems/a4.yaml", $"system: a4\nconnector: web\naddress: x\npassword: %{Marker}\n"));
        var loaded = ExampleCompany.Load(files);
        var report = new ConfigurationReport(loaded, files, ExampleCompany.Specs);

        Assert.True(report.Errors >= 10, string.Join('\n', report.Lines()));
        Assert.All([report.Long(), report.ToJson(), .. report.Lines()], text =>
        {
            Assert.DoesNotContain(Marker, text, StringComparison.Ordinal);
            Assert.DoesNotContain("marker-s3cret", text, StringComparison.Ordinal);
        });
    }
}
