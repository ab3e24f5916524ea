using Mappings.Diagnostics;
using Mappings.Formats;
using Tests.Configuration;

namespace Tests.Layouts;

public class LayoutConfigurationTests
{
    private const string Pay = "layout: pay\nline: { length: 8 }\nrecords:\n  row:\n    fields:\n      no: { at: 1, length: 8 }\n";

    [Fact]
    public void Endpoint_WithALayout_HasIt()
    {
        var loaded = Load("rows: { format: fixed, layout: pay, record: row }");

        Assert.Empty(loaded.Findings);
        Assert.Equal(["pay"], loaded.Layouts.Keys);
        Assert.Contains("layouts/pay.yaml", loaded.FileRevisions.Keys);
        var format = loaded.Endpoint("erp.rows")!.Format;
        Assert.Equal((MessageFormat.Fixed, "pay", "row"), (format.Format, format.Layout!.Name, format.Record));
    }

    [Theory]
    [InlineData("{ format: fixed }", "systems/erp.yaml:4:19: error CFG300: endpoints.rows.format: format: fixed needs a layout")]
    [InlineData("{ format: csv, layout: pay }", "systems/erp.yaml:4:24: error CFG301: endpoints.rows.layout: a layout belongs to the formats fixed, edifact and x12; found csv")]
    [InlineData("{ format: x12, layout: pay }", "systems/erp.yaml:4:32: error CFG302: endpoints.rows.layout: the layout pay describes fixed, and the format is x12")]
    [InlineData("{ format: fixed, layout: pay, record: line }", "systems/erp.yaml:4:47: error CFG303: endpoints.rows.record: the layout pay has no record \"line\"")]
    [InlineData("{ format: fixed, layout: pay, encoding: utf-16 }", "systems/erp.yaml:4:49: error CFG307: endpoints.rows.encoding: the layout pay counts bytes, and utf-16 has no lines of bytes")]
    [InlineData("{ format: fixed, layout: pya }", "systems/erp.yaml:4:34: error CFG209: endpoints.rows.layout: there is no layout \"pya\"; did you mean \"pay\"?")]
    public void Endpoint_WithAWrongLayout_SaysSo(string endpoint, string expected) =>
        Assert.Equal([expected], Load($"rows: {endpoint}").Findings.Select(f => f.ToString()));

    [Fact]
    public void Layout_ThatIsBroken_IsReportedOnce() =>
        Assert.Equal(
            ["layouts/pay.yaml:2:17: error YML142: line.length: 0 is too small; the least is 1"],
            Load("rows: { format: fixed, layout: pay }", Pay.Replace("8 }\nrec", "0 }\nrec", StringComparison.Ordinal)).Findings.Select(f => f.ToString()));

    private static Hub.Core.Configuration.LoadedConfiguration Load(string endpoint, string layout = Pay) =>
        ExampleCompany.Load(("layouts/pay.yaml", layout), ("systems/erp.yaml", $"system: erp\nconnector: sandbox\nendpoints:\n  {endpoint}\n  orders: {{}}\n"));
}
