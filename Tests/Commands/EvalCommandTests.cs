using Hub.Host.Commands;

namespace Tests.Commands;

public sealed class EvalCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-eval-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("""$sum(lines.qty)""", "5\n", """{"result":5}""")]
    [InlineData("""no & "-" & lines[0].qty""", "\"SO-1-2\"\n", """{"result":"SO-1-2"}""")]
    [InlineData("id", "90071992547410248\n", """{"result":90071992547410248}""")]
    [InlineData("nothing.here", "(no value)\n", """{"undefined":true}""")]
    public async Task Eval_OfAFile_PrintsTheValue(string expression, string text, string json)
    {
        var file = Write("""{"no":"SO-1","id":90071992547410248,"lines":[{"qty":2},{"qty":3}]}""");

        Assert.Equal(new CommandRun(ExitCode.Fine, text, string.Empty), await CommandRun.Of("eval", expression, "--in", file));
        Assert.Equal(new CommandRun(ExitCode.Fine, json + "\n", string.Empty), await CommandRun.Of("eval", expression, "--in", file, "--json"));
    }

    [Fact]
    public async Task Eval_OfASyntaxError_MarksThePlace()
    {
        var run = await CommandRun.Of("eval", "$sum(lines.(qty *)");

        Assert.Equal((ExitCode.Findings, string.Empty), (run.Exit, run.Output));
        Assert.Equal(
            """
            expression:1:18: error S0211: ) cannot begin a value
                 1 | $sum(lines.(qty *)
                   |                  ^

            """.ReplaceLineEndings("\n"),
            run.Errors);
    }

    [Fact]
    public async Task Eval_OfASyntaxErrorAsJson_GivesTheCode()
    {
        var run = await CommandRun.Of("eval", "1+", "--json");

        Assert.Equal(new CommandRun(ExitCode.Findings, """{"error":"S0207","findings":["expression:1:3: error S0207: the expression ends too early"]}""" + "\n", string.Empty), run);
    }

    [Fact]
    public async Task Eval_ThatFails_MarksThePlace()
    {
        var run = await CommandRun.Of("eval", "1 + no", "--in", Write("""{"no":"x"}"""));

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.Contains("error T2002: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("     1 | 1 + no\n       |     ^^\n", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_OfABrokenDocument_NamesFileLineAndColumn()
    {
        var file = Write("{\n  \"no\": tru\n}");

        var run = await CommandRun.Of("eval", "no", "--in", file);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith($"{file}:2:9: error FMT", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eval_OfAFileThatIsNotThere_SaysSoInTheUsersLanguage()
    {
        var missing = Path.Combine(_folder.FullName, "missing.json");

        Assert.Equal(new CommandRun(ExitCode.Findings, string.Empty, $"{missing}: error HUB902: there is no such file\n"), await CommandRun.Of("eval", "1", "--in", missing));
        Assert.Equal($"{missing}: 错误 HUB902: 没有这个文件\n", (await CommandRun.Of("eval", "1", "--in", missing, "--language", "zh")).Errors);
    }

    [Fact]
    public async Task Eval_OfAFolder_SaysThatItCannotBeRead()
    {
        var run = await CommandRun.Of("eval", "1", "--in", _folder.FullName);

        Assert.Equal(ExitCode.Findings, run.Exit);
        Assert.StartsWith($"{_folder.FullName}: error HUB901: cannot be read: ", run.Errors, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "in.json");
        File.WriteAllText(file, text);
        return file;
    }
}
