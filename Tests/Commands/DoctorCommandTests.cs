using System.Net;
using System.Text.Json;
using Tests.Host;
using Tests.Servers;

namespace Tests.Commands;

public sealed class DoctorCommandTests(RunningHub hub) : IClassFixture<RunningHub>
{
    [Fact]
    public async Task OfARunningHub_ShowsItsSystemsAndItsJournal()
    {
        var run = await CommandRun.Of(["doctor", "--hub", hub.Client.BaseAddress!.ToString()]);

        Assert.True(run.Exit == 0, run.Output + run.Errors);
        Assert.Contains("hub host-tests", run.Output, StringComparison.Ordinal);
        Assert.Matches("crm +sandbox +fine", run.Output);
        Assert.Contains("journal: durable in", run.Output, StringComparison.Ordinal);
        Assert.Contains("Everything is fine.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfAConfiguration_WithSystemsThatAreWrong_NamesThemAndEndsWithOne()
    {
        using var answering = new HttpListener();
        var port = FreePorts.Row(1);
        answering.Prefixes.Add($"http://127.0.0.1:{port}/");
        answering.Start();
        var answers = AnswerAsync(answering);
        using var folder = new ConfigurationFolder();
        folder.Write("hub.yaml", "hub: doctor\ndata: data\n");
        folder.Write("systems/away.yaml", $"system: away\nconnector: http\naddress: http://127.0.0.1:{FreePorts.Row(1)}\nendpoints:\n  x: {{}}\n");
        folder.Write("systems/locked.yaml", $"system: locked\nconnector: http\naddress: http://127.0.0.1:{port}/locked\nendpoints:\n  x: {{}}\n");
        folder.Write("systems/late.yaml", $"system: late\nconnector: http\naddress: http://127.0.0.1:{port}/late\nendpoints:\n  x: {{}}\n");
        folder.Write("systems/disk.yaml", "system: disk\nconnector: file\nendpoints:\n  x: { path: out/x }\n");
        folder.Write("systems/toy.yaml", "system: toy\nconnector: sandbox\nbehavior: { down: true }\nendpoints:\n  x: { key: no }\n");
        folder.Write("pipelines/x.yaml", "pipeline: x\nfrom: disk.x\nsteps:\n  - send: toy.x\n");

        var run = await CommandRun.Of(["doctor", "--config", folder.Path, "--json"]);

        answering.Stop();
        await answers;
        Assert.True(run.Exit == 1, run.Output + run.Errors);
        using var json = JsonDocument.Parse(run.Output);
        var systems = json.RootElement.GetProperty("systems").EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!);
        Assert.Equal(["DLV620"], Codes(systems["away"]));
        Assert.Equal(["HUB960"], Codes(systems["locked"]));
        Assert.Equal(["HUB964"], Codes(systems["late"]));
        Assert.InRange(systems["late"].GetProperty("clockSeconds").GetDouble(), -122, -118);
        Assert.Equal("Slow/1.0", systems["late"].GetProperty("version").GetString());
        Assert.Empty(Codes(systems["disk"]));
        Assert.Equal(["DLV650"], Codes(systems["toy"]));
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("journal").ValueKind);
    }

    [Fact]
    public async Task OfAConfiguration_WithAFolderThatCannotBe_NamesIt()
    {
        using var folder = new ConfigurationFolder();
        folder.Write("config/hub.yaml", "hub: doctor\ndata: data\n");
        folder.Write("config/systems/toy.yaml", "system: toy\nconnector: sandbox\nendpoints:\n  x: { key: no }\n");
        folder.Write("config/systems/blocked.yaml", "system: blocked\nconnector: file\nendpoints:\n  x: { path: hub.yaml/x }\n");
        folder.Write("config/pipelines/x.yaml", "pipeline: x\nfrom: blocked.x\nsteps:\n  - send: toy.x\n");
        folder.Write("data/hub.yaml", "no folder");

        var run = await CommandRun.Of(["doctor", "--config", Path.Combine(folder.Path, "config"), "--data", Path.Combine(folder.Path, "data")]);

        Assert.Equal(1, run.Exit);
        Assert.Contains("hub.yaml/x: HUB961", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("journal:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithAnAddressWhereNoHubIs_AndNoFolder_IsRefused()
    {
        var run = await CommandRun.Of(["doctor", "--hub", $"http://127.0.0.1:{FreePorts.Row(1)}"]);

        Assert.Equal(1, run.Exit);
        Assert.Contains("HUB914", run.Errors, StringComparison.Ordinal);
    }

    private static string[] Codes(JsonElement system) => [.. system.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()!)];

    private static async Task AnswerAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            if (asked.Request.Url!.AbsolutePath == "/locked") asked.Response.StatusCode = 401;
            else
            {
                asked.Response.Headers["Server"] = "Slow/1.0";
                asked.Response.Headers["Date"] = TimeProvider.System.GetUtcNow().AddMinutes(-2).ToString("r");
            }

            asked.Response.Close();
        }
    }

    private sealed class ConfigurationFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("hub-doctor-").FullName;

        public void Write(string name, string text)
        {
            var path = System.IO.Path.Combine(Path, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
