using System.Text;
using Hub.Host.Commands;

namespace Tests.Commands;

public sealed class EvalLinesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-lines-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Lines_OfAllKinds_GetOneAnswerEach()
    {
        const string lines = """
            {"expr":"$sum(lines.qty)","data":{"lines":[{"qty":2},{"qty":3}]}}
            {"expr":"id","data":{"id":90071992547409931.10}}
            {"expr":"$x & $y","bindings":{"x":"a","y":1.50}}
            {"expr":"missing & \"x\""}
            {"expr":"nothing"}
            {"expr":"function($x){$x}"}
            {"expr":"{\"f\": $sum, \"n\": null}"}
            {"expr":"lines{no: qty}","data":{"lines":[{"no":"a","qty":1},{"no":"a","qty":2}]}}
            {"expr":"$eval(\"1 + 1\")"}
            {"expr":"$length('\ud800')"}
            {"expr":"a b"}
            {"expr":"1 +\n  $lowercase(2)"}
            {"expr":"$error(\"stop\")"}
            {"expr":"姓名 & 😀( "}
            """;

        Assert.Equal(
            """
            {"result":5}
            {"result":90071992547409931.10}
            {"result":"a1.5"}
            {"result":"x"}
            {"undefined":true}
            {"function":true}
            {"result":{"n":null}}
            {"result":{"a":[1,2]}}
            {"result":2}
            {"result":1}
            {"error":"S0201","position":2,"token":"b","message":"unexpected b: the expression should have ended here"}
            {"error":"T0410","position":6,"token":"lowercase","message":"argument 1 of $lowercase must be text, found 2"}
            {"error":"D3137","position":0,"token":"error","message":"stop"}
            {"error":"S0203","position":8,"token":"(end)","message":"expected ) before the end; ( at 1:7 is not closed"}

            """.ReplaceLineEndings("\n"),
            (await Run(lines)).Output);
    }

    [Fact]
    public async Task Lines_ThatAreNone_GetAnErrorAndDoNotEndTheRest()
    {
        var run = await Run("\n{\"expr\":1}\n[]\nnonsense\n{\"expr\":\"1\"} x\n{\"expr\":\"$x\",\"bindings\":{\"x\":tru}}\r\n{\"expr\":\"1\",\"data\":{\"a\":1,\"a\":2}}\n{\"expr\":\"1+1\"}");

        Assert.Equal(ExitCode.Fine, run.Exit);
        Assert.Equal(["FMT211", "HUB930", "HUB930", "FMT201", "FMT206", "FMT201", "FMT205"], run.Output.Split('\n').SkipLast(2).Select(l => l.Split('"')[3]));
        Assert.EndsWith("{\"result\":2}\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$foo()", "foo")]
    [InlineData("$number('x')", "number")]
    [InlineData("$map([1], $uppercase)", "map")]
    [InlineData("($f := $uppercase; $f(5))", "f")]
    [InlineData("1 + 'x'", "+")]
    [InlineData("-'x'", "-")]
    [InlineData("[1.5..2]", "..")]
    [InlineData("1/(10e300*10e100)", "/")]
    [InlineData("1 $x", "x")]
    [InlineData("1 +", "(end)")]
    public async Task Error_OfALine_HasTheTokenOfJsonata(string text, string token) =>
        Assert.Contains($"\"token\":\"{token}\",", (await Run($"{{\"expr\":\"{text}\"}}")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Error_ThatSpeaksOfNoWord_HasNoToken() =>
        Assert.DoesNotContain("token", (await Run("{\"expr\":\"{1: 2}\"}")).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("hub", """{"error":"DAT380","position":0,""")]
    [InlineData("full", """{"error":"DAT380","position":0,""")]
    public async Task Lines_WithAProfile_AreAsStrictAsAMapping(string profile, string begin) =>
        Assert.StartsWith(begin, (await Run("""{"expr":"missing & \"x\""}""", "--profile", profile)).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Lines_InTheHubProfile_HaveNoMoreThanAMapping() =>
        Assert.Equal(
            "{\"error\":\"MAP271\",\"position\":1,\"message\":\"** is not part of the hub's expressions\"}\n{\"error\":\"MAP272\",\"position\":0,\"token\":\"eval\",\"message\":\"$eval is never available\"}\n",
            (await Run("{\"expr\":\" **\"}\n{\"expr\":\"$eval('1')\"}", "--profile", "hub")).Output);

    [Theory]
    [InlineData("everything", "U1001")]
    [InlineData("full", "D1011")]
    public async Task Lines_ThatALimitEnds_HaveTheCodeOfTheirLanguage(string profile, string code)
    {
        const string loop = "\"expr\":\"($f := function($n){1 + $f($n)}; $f(1))\"";

        var run = await Run("{" + loop + ",\"depth\":300,\"timelimit\":1000}\n{" + loop + "}\n{\"expr\":\"1\"}", profile == "full" ? ["--profile", profile] : []);

        Assert.Equal([code, code, "1"], run.Output.Split('\n').SkipLast(1).Select(l => l.Split('"', ':', '}').First(p => p is "U1001" or "D1011" or "1")));
    }

    [Fact]
    public async Task Line_AsLongAsAMessageMayBe_IsPassedOver()
    {
        var giant = new string('x', InputLines.MaxBytes + 10);
        using var input = new MemoryStream(Encoding.UTF8.GetBytes("a\n" + giant + "\nb\n" + giant));
        var reader = new InputLines(input);
        var seen = new List<string>();
        while (await reader.NextAsync(CancellationToken.None)) seen.Add(reader.IsTooLong ? "too long" : Encoding.UTF8.GetString(reader.Line.Span));

        Assert.Equal(["a", "too long", "b", "too long"], seen);
    }

    [Fact]
    public async Task Line_ThatComesInPieces_IsAnsweredWhenItIsWhole()
    {
        using var input = new PiecesStream("{\"ex", "pr\":\"1\"}", "\n{\"expr", "\":\"2\"}\n");
        var reader = new InputLines(input);

        Assert.True(await reader.NextAsync(CancellationToken.None));
        Assert.Equal("{\"expr\":\"1\"}", Encoding.UTF8.GetString(reader.Line.Span));
        Assert.Equal(3, input.Taken);
        Assert.True(await reader.NextAsync(CancellationToken.None));
        Assert.Equal("{\"expr\":\"2\"}", Encoding.UTF8.GetString(reader.Line.Span));
        Assert.False(await reader.NextAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("eval")]
    [InlineData("eval 1 --lines")]
    [InlineData("eval 1 --profile everything")]
    public async Task Eval_WithoutOneThingToDo_IsWrongUsage(string line) => Assert.Equal(ExitCode.Usage, (await CommandRun.Of(line.Split(' '))).Exit);

    [Theory]
    [InlineData("full", ExitCode.Fine, "[2,3]\n")]
    [InlineData("hub", ExitCode.Findings, "")]
    public async Task Eval_OfOneExpression_HasTheProfilesLanguage(string profile, int exit, string output)
    {
        var file = Write("{\"a\":{\"b\":[2,3]}}");

        var run = await CommandRun.Of("eval", "**.b", "--in", file, "--profile", profile);

        Assert.Equal((exit, output), (run.Exit, run.Output));
    }

    private Task<CommandRun> Run(string lines, params string[] more) => CommandRun.Of(["eval", "--lines", "--in", Write(lines), .. more]);

    private string Write(string text)
    {
        var file = Path.Combine(_folder.FullName, "lines.json");
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Gives one piece a read, as a pipe does.</summary>
    private sealed class PiecesStream(params string[] pieces) : MemoryStream
    {
        public int Taken { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Taken == pieces.Length ? 0 : Encoding.UTF8.GetBytes(pieces[Taken++], buffer.Span));
    }
}
