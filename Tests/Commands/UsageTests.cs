using Hub.Host.Commands;

namespace Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("demo extra", "hub demo --help")]
    [InlineData("run extra", "hub run --help")]
    [InlineData("validate --format loong", "hub validate --help")]
    [InlineData("map", "hub map --help")]
    [InlineData("eval", "hub eval --help")]
    [InlineData("eval 1 2", "hub eval --help")]
    [InlineData("messages --limit 0", "hub messages --help")]
    [InlineData("messages --state 7", "hub messages --help")]
    [InlineData("explain", "hub explain --help")]
    [InlineData("explain ABC", "hub explain --help")]
    [InlineData("dead extra", "hub dead --help")]
    [InlineData("replay", "hub replay --help")]
    [InlineData("replay ABC", "hub replay --help")]
    [InlineData("ledger --hub somewhere", "hub ledger --help")]
    [InlineData("chaos --kills 0", "hub chaos --help")]
    [InlineData("chaos --minutes soon", "hub chaos --help")]
    [InlineData("rnu", "hub --help")]
    public async Task Command_UsedWrongly_SaysWhereHelpIs(string line, string help)
    {
        var run = await CommandRun.Of(line.Split(' '));

        Assert.Equal((ExitCode.Usage, string.Empty), (run.Exit, run.Output));
        var told = run.Errors.TrimEnd('\n').Split('\n');
        Assert.True(told.Length > 1, run.Errors);
        Assert.Equal(help, told[^1]);
    }

    [Theory]
    [InlineData("map deal")]
    [InlineData("why deal")]
    [InlineData("test")]
    [InlineData("test deal")]
    public async Task Command_WithoutItsConfiguration_SaysSo(string line)
    {
        var run = await CommandRun.Of([.. line.Split(' '), "--config", "nowhere-at-all"]);

        Assert.Equal((ExitCode.Findings, string.Empty), (run.Exit, run.Output));
        Assert.Contains("CFG200", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("HUB921", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithoutAVerb_SaysHowToBegin()
    {
        Assert.Equal(new CommandRun(ExitCode.Usage, string.Empty, "Say what to do, for example `hub demo`; `hub --help` lists all verbs.\n"), await CommandRun.Of());
    }

    [Theory]
    [InlineData("messages --state done", "--state takes open, delivered, filtered or dead; found \"done\"")]
    [InlineData("explain ABC", "\"ABC\" is not a message id: ids have 13 letters and digits, such as 0C8ZK2Q4T0001")]
    [InlineData("replay", "name the ids of the dead messages, or choose with --pipeline, --code or --all")]
    [InlineData("chaos --kills 0", "--kills takes a number from 1 on")]
    [InlineData("ledger --hub somewhere", "\"somewhere\" is not an http address; write for example --hub http://127.0.0.1:8080")]
    [InlineData("messages --state done --language zh", "--state 取 open、delivered、filtered 或 dead；得到“done”")]
    public async Task Command_UsedWrongly_SaysWhatToWrite(string line, string told)
    {
        Assert.StartsWith(told + "\n", (await CommandRun.Of(line.Split(' '))).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("dead")]
    [InlineData("messages")]
    [InlineData("explain 0C8ZK2Q4T0001")]
    [InlineData("replay --all")]
    public async Task Command_WithoutAHub_SaysHowToStartOne(string line)
    {
        var run = await CommandRun.Of([.. line.Split(' '), "--hub", "http://127.0.0.1:1"]);

        Assert.Equal((ExitCode.Findings, string.Empty), (run.Exit, run.Output));
        Assert.StartsWith("http://127.0.0.1:1: error HUB914: no hub answers: ", run.Errors, StringComparison.Ordinal);
        Assert.EndsWith("  fix     start one with hub run or hub demo --keep, or name it with --hub\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfABrokenConfiguration_TellsAllOfItAndStartsNothing()
    {
        using var company = new CompanyCopy().Change("systems/crm.yaml", "limits:", "limts:");
        var data = Path.Combine(company.Folder, "journal");

        var run = await CommandRun.Of("run", "--config", company.Folder, "--data", data);

        Assert.Equal((ExitCode.Findings, string.Empty), (run.Exit, run.Output));
        Assert.StartsWith("CONFIG/systems/crm.yaml:4:1: error YML103: ", company.Anonymous(run.Errors), StringComparison.Ordinal);
        Assert.EndsWith("\n\nThe hub does not start: the configuration has errors.\n", run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }
}
