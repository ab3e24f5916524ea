using System.Globalization;
using System.Text.Json;
using Hub.Core.Configuration;
using Xunit;

namespace Tests.Configuration;

public sealed class ConfigurationReportTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    [Fact]
    public void Report_InItsLongForm_ShowsTheLineAndWhatToWrite()
    {
        var report = Report(("systems/erp.yaml", "system: erp\nconnector: sandbox\nlimits: { timeout: 30 }\nendpoints: { orders: {} }\n"));

        Assert.Equal(
            """
            systems/erp.yaml:3:20: error YML135: limits.timeout: "30" is not a duration
                 3 | limits: { timeout: 30 }
                   |                    ^^
              fix     write a whole number with ms, s, m, h or d, for example 30s
            """.ReplaceLineEndings("\n"),
            report.Long(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Report_InChinese_SaysTheSame()
    {
        var report = Report(("systems/erp.yaml", "system: erp\nconnector: sandbox\nlimits: { timeout: 30 }\nendpoints: { orders: {} }\n"));

        Assert.Equal(["systems/erp.yaml:3:20: 错误 YML135: limits.timeout: \"30\" 不是时长"], report.Lines(Chinese));
    }

    [Fact]
    public void Report_AsJson_HasOneShape()
    {
        var report = Report(("systems/erp.yml", "x"), ("hub.yaml", "hub: a\nstor: {}\n"));

        using var json = JsonDocument.Parse(report.ToJson(CultureInfo.InvariantCulture));

        Assert.Equal(["revision", "errors", "warnings", "findings"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, json.RootElement.GetProperty("errors").GetInt32());
        Assert.Equal(1, json.RootElement.GetProperty("warnings").GetInt32());
        var findings = json.RootElement.GetProperty("findings");
        Assert.Equal(
            """{"code":"YML103","severity":"error","file":"hub.yaml","line":2,"column":1,"path":"","message":"unknown key \u0022stor\u0022 in hub.yaml; did you mean \u0022store\u0022?","note":null,"fix":null}""",
            JsonSerializer.Serialize(findings[0]));
        Assert.Equal("warning", findings[1].GetProperty("severity").GetString());
    }

    [Fact]
    public void Report_WithFindingsOfOthers_SortsThemIn()
    {
        var files = ExampleCompany.Files(("hub.yaml", "hub: a\nstor: {}\n"));
        var more = Mappings.Diagnostics.Finding.Error("MAP201", new Mappings.Diagnostics.SourcePosition("hub.yaml", 1, 1));

        var report = new ConfigurationReport(ExampleCompany.Load(files), files, ExampleCompany.Specs, [more]);

        Assert.Equal(2, report.Errors);
        Assert.StartsWith("hub.yaml:1:1", report.Lines()[0], StringComparison.Ordinal);
    }

    private static ConfigurationReport Report(params (string Path, string? Text)[] changes)
    {
        var files = ExampleCompany.Files(changes);
        return new ConfigurationReport(ExampleCompany.Load(files), files, ExampleCompany.Specs);
    }
}
