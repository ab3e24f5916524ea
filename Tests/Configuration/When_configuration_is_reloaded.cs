using Hub.Core.Configuration;
using Hub.Core.Configuration.Reload;
using Mappings.Diagnostics;
using Xunit;

namespace Tests.Configuration;

public sealed class When_configuration_is_reloaded
{
    private const string Crm = "systems/crm.yaml";
    private const string Erp = "systems/erp.yaml";
    private const string Mapping = "mappings/erp-order-to-crm-deal.yaml";
    private const string Pipeline = "pipelines/erp-orders-to-crm.yaml";
    private const string GoodErp = "system: erp\nconnector: sandbox\ndescription: second\nendpoints:\n  orders: { key: orderNo }\n";
    private const string BadCrm = "system: crm\nconnector: web\nadress: http://b\nendpoints: { deals: /deals }\n";
    private readonly List<ConfigurationState<string>> _published = [];
    private readonly ConfigurationReloader<string> _reloader;

    public When_configuration_is_reloaded()
    {
        // Stands for the compiler: it refuses mappings that say so, and its product names the mapping's revision.
        _reloader = new ConfigurationReloader<string>(files => ExampleCompany.Load(files), (configuration, findings) =>
        {
            var mapping = configuration.Mappings["erp-order-to-crm-deal"];
            if (mapping.Text.Contains("misspelt", StringComparison.Ordinal)) findings.Error("MAP999", new SourcePosition(mapping.File, 3, 1));
            return mapping.Revision;
        });
        _reloader.Holder.Attempted += _published.Add;
    }

    [Fact]
    public void Should_keep_the_good_one_for_good_bad_good()
    {
        Start();
        var first = Current.Configuration.Revision;

        Reload((Crm, BadCrm));
        Assert.Equal(first, Current.Configuration.Revision);
        Assert.Equal([Crm], Current.HeldBack);
        Assert.Equal(
            ["systems/crm.yaml:1:1: error YML126: \"address\" is missing in system", "systems/crm.yaml:3:1: error YML103: unknown key \"adress\" in system; did you mean \"address\"?"],
            Current.LastFindings.Select(f => f.ToString()));

        Reload((Crm, BadCrm.Replace("adress", "address", StringComparison.Ordinal)));
        Assert.Equal("http://b", Current.Configuration.Systems["crm"].Fields.Text("address"));
        Assert.Empty(Current.HeldBack);
        Assert.Empty(Current.LastFindings);
        Assert.Equal([1, 2, 3], _published.Select(p => p.Attempt));
    }

    [Fact]
    public void Should_take_B_while_A_is_bad()
    {
        Start();

        Reload((Crm, BadCrm), (Erp, GoodErp));
        Assert.Equal([Crm], Current.HeldBack);
        Assert.Equal("second", Current.Configuration.Systems["erp"].Fields.Text("description"));
        Assert.Equal("http://crm.example/", Current.Configuration.Systems["crm"].Fields.Text("address"));

        Reload((Crm, BadCrm), (Erp, GoodErp.Replace("second", "third", StringComparison.Ordinal)));
        Assert.Equal([Crm], Current.HeldBack);
        Assert.Equal("third", Current.Configuration.Systems["erp"].Fields.Text("description"));
    }

    [Fact]
    public void Should_hear_a_good_one_that_equals_the_last_good_one()
    {
        Start();
        var first = Current.Configuration.Revision;

        Reload((Crm, BadCrm));
        Reload();

        Assert.Equal(first, Current.Configuration.Revision);
        Assert.Empty(Current.HeldBack);
        Assert.Empty(Current.LastFindings);
        Assert.Equal(3, Current.Attempt);
    }

    [Fact]
    public void Should_refuse_to_start_when_bad_at_start()
    {
        var findings = _reloader.Start(ExampleCompany.Files((Crm, BadCrm)));

        Assert.Equal(["YML126", "YML103"], findings.Select(f => f.Code));
        Assert.False(_reloader.Holder.HasCurrent);
        Assert.Throws<InvalidOperationException>(() => _reloader.Holder.Current);
        Assert.Throws<InvalidOperationException>(() => _reloader.Reload(ExampleCompany.Files()));
        Assert.Empty(_published);
    }

    [Fact]
    public void Should_keep_a_deleted_file_that_others_need()
    {
        Start();

        Reload((Mapping, null), (Erp, GoodErp));

        Assert.Equal([Mapping], Current.HeldBack);
        Assert.Equal(["pipelines/erp-orders-to-crm.yaml:8:10: error CFG210: steps[3].map: there is no mapping \"erp-order-to-crm-deal\""], Current.LastFindings.Select(f => f.ToString()));
        Assert.Contains("erp-order-to-crm-deal", Current.Configuration.Mappings.Keys);
        Assert.Equal("second", Current.Configuration.Systems["erp"].Fields.Text("description"));
    }

    [Fact]
    public void Should_let_go_a_deleted_file_that_nobody_needs()
    {
        Start();

        Reload(("lookups/uom.yaml", null));

        Assert.Empty(Current.HeldBack);
        Assert.DoesNotContain("uom", Current.Configuration.Lookups.Keys);
    }

    [Fact]
    public void Should_hold_back_what_builds_on_a_new_file_that_is_bad()
    {
        Start();
        const string Routed = "pipeline: erp-orders-to-crm\nfrom: erp.orders\nsteps:\n  - send: [ crm.deals, oa.tasks ]\n";

        Reload(("systems/oa.yaml", "system: oa\nconnector: sandbox\nendpoint: {}\n"), (Pipeline, Routed), (Erp, GoodErp));

        Assert.Equal([Pipeline, "systems/oa.yaml"], Current.HeldBack);
        Assert.Equal(5, Current.Configuration.Pipelines["erp-orders-to-crm"].Steps.Count);
        Assert.Equal("second", Current.Configuration.Systems["erp"].Fields.Text("description"));

        Reload(("systems/oa.yaml", "system: oa\nconnector: sandbox\nendpoints: { tasks: {} }\n"), (Pipeline, Routed), (Erp, GoodErp));
        Assert.Empty(Current.HeldBack);
        Assert.Single(Current.Configuration.Pipelines["erp-orders-to-crm"].Steps);
    }

    [Fact]
    public void Should_hold_back_only_the_change_that_takes_a_needed_endpoint_away()
    {
        Start();

        Reload((Crm, "system: crm\nconnector: web\naddress: http://b\nendpoints: { contacts: /c }\n"), (Erp, GoodErp), ("contracts/erp-order.yaml", "contract: erp-order\ntype: array\n"));

        Assert.Equal([Crm], Current.HeldBack);
        Assert.Equal("second", Current.Configuration.Systems["erp"].Fields.Text("description"));
        Assert.Contains("CFG210", Current.LastFindings.Select(f => f.Code));
    }

    [Fact]
    public void Should_hold_back_a_mapping_that_does_not_compile()
    {
        Start();
        var first = Current.Definition;

        Reload((Mapping, "mapping: erp-order-to-crm-deal\nfields:\n  x: misspelt\n"), (Erp, GoodErp));
        Assert.Equal([Mapping], Current.HeldBack);
        Assert.Equal(first, Current.Definition);
        Assert.Equal(["MAP999"], Current.LastFindings.Select(f => f.Code));
        Assert.Equal("second", Current.Configuration.Systems["erp"].Fields.Text("description"));

        Reload((Mapping, "mapping: erp-order-to-crm-deal\nfields:\n  x: spelt\n"), (Erp, GoodErp));
        Assert.NotEqual(first, Current.Definition);
        Assert.Empty(Current.HeldBack);
    }

    [Fact]
    public void Should_go_on_when_the_folder_is_gone()
    {
        Start();
        var first = Current.Configuration.Revision;

        _reloader.Reload(new ConfigurationSnapshot("config", exists: false, []));

        Assert.Equal(first, Current.Configuration.Revision);
        Assert.Equal(["CFG200"], Current.LastFindings.Select(f => f.Code));
        Assert.Equal(2, Current.Attempt);
    }

    [Fact]
    public void Should_keep_a_file_that_cannot_be_read_and_take_the_others()
    {
        Start();
        var files = ExampleCompany.Files((Crm, null), (Erp, GoodErp));
        var unreadable = new ConfigurationSnapshot("config", exists: true, files.Files.Values, files.TopNames, [Finding.Error("CFG215", SourcePosition.WholeFile(Crm), "", ("reason", "denied"))]);

        _reloader.Reload(unreadable);

        Assert.Equal([Crm], Current.HeldBack);
        Assert.Contains("crm", Current.Configuration.Systems.Keys);
        Assert.Equal("second", Current.Configuration.Systems["erp"].Fields.Text("description"));
    }

    private ConfigurationState<string> Current => _reloader.Holder.Current;

    private void Start() => Assert.Empty(_reloader.Start(ExampleCompany.Files()));

    private void Reload(params (string Path, string? Text)[] changes) => _reloader.Reload(ExampleCompany.Files(changes));
}
