using System.Text;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Layouts;
using Mappings.Mapping;
using Mappings.Mapping.Files;
using Mappings.Yaml;
using Tests.Architecture;
using Tests.Support;

namespace Tests.Mapping;

public sealed class FileChecksTests
{
    private const string File = """{"header":{"currency":"CNY"},"trailer":{"count":3,"total":60.50}}""";
    private static readonly string[] Records = ["""{"amount":10.50,"dc":"C"}""", """{"amount":20.00,"dc":"D"}""", """{"amount":30.00,"dc":"C"}"""];

    [Theory]
    [InlineData("$count($records) = $file.trailer.count")]
    [InlineData("$sum($records.amount) = $file.trailer.total")]
    [InlineData("$sum($records.(amount * 2)) = 121")]
    [InlineData("$min($records.amount) = 10.5 and $max($records.amount) = 30")]
    [InlineData("$round($average($records.amount), 2) = 20.17")]
    [InlineData("$sum($records[dc = \"C\"].amount) = 40.5")]
    [InlineData("$count($records[dc = \"D\"]) = 1")]
    [InlineData("$round($sum($records.amount), 0) = 60")]
    public void Check_OfWhatIsGathered_KeepsNoRecord(string check) => Assert.Equal((string.Empty, false), Run(check));

    [Theory]
    [InlineData("$records[0].amount = 10.5")]
    [InlineData("$sum($records[0].amount) = 10.5")]
    [InlineData("$count($distinct($records.dc)) = 2")]
    [InlineData("($f := function($x) { $x * 2 }; $sum($records.$f(amount)) = 121)")]
    [InlineData("$sum($records.(amount / $sum($records.amount))) > 0.99")]
    [InlineData("$sum($records^(amount)[0].amount) = 10.5")]
    public void Check_OfAllRecordsAtOnce_KeepsThem(string check) => Assert.Equal((string.Empty, true), Run(check));

    [Fact]
    public void Check_OfTotalsThatDiffer_ShowsTheDifference() =>
        Assert.Equal(
            "bank.txt: error DAT350: file check \"c\": 1,204,330.50 is not 1,204,380.50 (difference -50.00); nothing was sent",
            Run("$sum($records.amount) = $file.total", """{"total":1204380.50}""", """{"amount":1204300.50}""", """{"amount":30.00}""").Findings);

    [Fact]
    public void Check_InChinese_ShowsTheDifference()
    {
        var finding = Findings(Plan("$count($records) = $file.trailer.count"), 1 << 20, File, Records[..2])[0];

        Assert.Equal("文件检查 \"c\"：2 不等于 3（差 -1）；什么都没有发送", finding.Message(new System.Globalization.CultureInfo("zh-CN")));
    }

    [Theory]
    [InlineData("$count($records) < 3", "bank.txt: error DAT353: the check \"c\" is not met")]
    [InlineData("$count($records)", "bank.txt: error DAT354: the check \"c\" gives 3, neither true nor false")]
    [InlineData("$file.header.currency = \"USD\"", "bank.txt: error DAT379: file check \"c\": \"CNY\" is not \"USD\"")]
    [InlineData("$sum($records.dc) = 1", "bank.txt:1:1: error T0412: argument 1 of $sum must be an array of numbers, got \"C\"")]
    public void Check_ThatFails_SaysWhy(string check, string finding) => Assert.StartsWith(finding[..35], Run(check).Findings, StringComparison.Ordinal);

    [Fact]
    public void Check_ThatOnlyWarns_DoesNotSayThatNothingWasSent()
    {
        var finding = Assert.Single(Findings(Plan("$count($records) = 4", "otherwise: warn"), 1 << 20, File, Records));

        Assert.Equal("bank.txt: warning DAT374: file check \"c\": 3 is not 4 (difference -1)", finding.ToString());
    }

    [Fact]
    public void File_WithoutRecords_HasCountAndSum() => Assert.Equal(string.Empty, Run("$count($records) = 0 and $sum($records.amount) = 0", "{}", []).Findings);

    [Fact]
    public void Sum_OfMillionsOfAmounts_IsExact()
    {
        using var run = Plan("$sum($records.amount) = 100000.1").FileChecks!.Start(new FakeClock(), 1);
        var builder = new TapeBuilder();
        JsonTapeReader.TryRead("""{"amount":0.1}"""u8.ToArray(), builder, ReaderOptions.Default, out _);
        var record = Value.FromTape(builder.Build(), 0);

        for (var i = 0; i < 1_000_001; i++) run.Add(record, default);

        Assert.Empty(run.Finish(Value.Missing, "f"));
    }

    [Fact]
    public void Records_BeyondTheLimit_AreNotKept() =>
        Assert.Equal("bank.txt: error DAT375: the check \"c\" needs all records of the file at once; they are more than 40 bytes", Assert.Single(Findings(Plan("$records[0].amount = 10.5"), 40, File, Records)).ToString());

    [Theory]
    [InlineData("checks:\n  - { name: c, scope: file, expr: $count($records) = 1 }\n", "m.yaml:4:23: error MAP284: checks[0].scope: the check \"c\" is on the whole file, but its records are sent before the file has been read to its end")]
    [InlineData("mode: all-or-nothing\nchecks:\n  - { name: c, scope: file, expr: $records = 1 }\n", "m.yaml:5:35: warning MAP287: the check \"c\" needs all records of the file at once, in memory")]
    [InlineData("mode: all-or-nothing\nchecks:\n  - { name: c, scope: file, expr: $sum($records.(amout +)) = 1 }\n", "m.yaml:5:57: error S0211: ) cannot begin a value")]
    [InlineData("mode: all-or-nothing\nsource: { format: csv }\nchecks:\n  - { name: c, scope: file, expr: $file.trailer.count = 1 }\n", "m.yaml:6:13: error MAP285: $file has no meaning for csv: only files with a layout have header and trailer")]
    [InlineData("on_error: { stop_after: {} }\n", "m.yaml:3:25: error MAP288: on_error.stop_after: stop_after says nothing")]
    [InlineData("mode: some\n", "m.yaml:3:7: error YML141: mode: \"some\" is not known here")]
    public void Mapping_ThatCannotMeanIt_IsToldSo(string head, string finding) => Assert.Equal([finding], Mapped.Wrong(Mapped.Fields("f: x", head)));

    [Theory]
    [InlineData("f: $file.trailer.total", "m.yaml:5:12: error MAP286: f: $file.trailer is read at the end of the file: a field cannot have it")]
    [InlineData("f: { from: $file.header.fileNr, required: true }", "m.yaml:5:27: error MAP201: f: $file.header has no field \"fileNr\"; did you mean \"fileNo\"?")]
    public void Field_OfWhatTheFileDoesNotSayBeforeIt_IsRefused(string field, string finding)
    {
        var layout = LayoutFile.Read(YamlFile.Parse("layouts/bank-b2.yaml", System.IO.File.ReadAllBytes(Repository.Path("config", "layouts", "bank-b2.yaml")), [])!, []);
        var context = Mapped.Context with { Layouts = new Dictionary<string, LayoutDefinition> { ["bank-b2"] = layout! } };

        Assert.Contains(finding, Mapped.Wrong(Mapped.Fields(field, "source: { format: fixed, layout: bank-b2, record: detail }\n"), context));
    }

    private static MappingPlan Plan(string check, string otherwise = "otherwise: error") =>
        Mapped.Plan(Mapped.Fields("f: x", $"mode: all-or-nothing\nchecks:\n  - name: c\n    scope: file\n    {otherwise}\n    expr: |\n      {check}\n"));

    private static (string Findings, bool Keeps) Run(string check)
    {
        var plan = Plan(check);
        return (string.Join('\n', Findings(plan, 1 << 20, File, Records)), plan.FileChecks!.Checks[0].KeepsRecords);
    }

    private static (string Findings, bool Keeps) Run(string check, string file, params string[] records) => (string.Join('\n', Findings(Plan(check), 1 << 20, file, records)), false);

    private static IReadOnlyList<Mappings.Diagnostics.Finding> Findings(MappingPlan plan, long limit, string file, params string[] records)
    {
        using var run = plan.FileChecks!.Start(new FakeClock(), limit);
        foreach (var record in records) run.Add(Read(record), new("bank.txt", 1, 1));
        return run.Finish(Read(file), "bank.txt");
    }

    private static Value Read(string json)
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, ReaderOptions.Default, out _));
        return Value.FromTape(builder.Build(), 0);
    }
}
