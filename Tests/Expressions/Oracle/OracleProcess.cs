using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Tests.Architecture;

namespace Tests.Expressions.Oracle;

/// <summary>jsonata-js in one long-lived Node process: a line of JSON in, a line of JSON out, as <c>hub eval --lines</c>.</summary>
internal static class OracleProcess
{
    private static readonly string Package = Repository.Path("artifacts", "oracle");

    public static bool IsInstalled { get; } = Directory.Exists(Path.Combine(Package, "node_modules", "jsonata")) && Finds("node");

    /// <returns>One answer for each line.</returns>
    public static async Task<IReadOnlyList<JsonElement>> AskAsync(IReadOnlyList<string> lines)
    {
        var start = new ProcessStartInfo("node", [Repository.Path("Tests", "Expressions", "Oracle", "oracle.js"), Package])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8,
        };
        using var node = Process.Start(start)!;
        var writing = Task.Run(async () =>
        {
            foreach (var line in lines) await node.StandardInput.WriteAsync(line + "\n");
            node.StandardInput.Close();
        });
        var answers = new List<JsonElement>(lines.Count);
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            using var answer = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1000 });
            answers.Add(answer.RootElement.Clone());
        }

        await writing;
        await node.WaitForExitAsync();
        return answers;
    }

    private static bool Finds(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".exe")));
}
