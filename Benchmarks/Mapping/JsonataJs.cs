using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Benchmarks.Mapping;

/// <summary>jsonata-js on Node, in a process that waits while the others run.</summary>
internal sealed class JsonataJs : Contestant, IDisposable
{
    private readonly Process _node;

    private JsonataJs(Process node)
        : base("jsonata-js") => _node = node;

    /// <param name="folder">Keeps the expression and the documents as long as the process runs.</param>
    /// <returns>Null, and a line that says so, where the package is not installed.</returns>
    public static JsonataJs? Start(string folder, string expression, IReadOnlyList<byte[]> documents)
    {
        if (Packages() is not { } packages)
        {
            Rounds.Print($"  jsonata-js is left out: eng/oracle installs it (it needs Node and npm)");
            return null;
        }

        var expressionFile = Path.Combine(folder, "map.jsonata");
        var documentsFile = Path.Combine(folder, "documents.ndjson");
        File.WriteAllText(expressionFile, expression);
        File.WriteAllLines(documentsFile, documents.Select(Encoding.UTF8.GetString));
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Mapping", "jsonata.js"), packages, expressionFile, documentsFile])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        return new JsonataJs(Process.Start(start)!);
    }

    public override byte[] Output(int document) => Encoding.UTF8.GetBytes(Ask($"map {document}"));

    public override double Run(double milliseconds)
    {
        var answer = Ask(string.Create(CultureInfo.InvariantCulture, $"run {milliseconds}")).Split(' ');
        return double.Parse(answer[1], CultureInfo.InvariantCulture) / double.Parse(answer[0], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
    }

    /// <summary>The folder beside the program's that <c>eng/oracle</c> fills.</summary>
    private static string? Packages()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "oracle");
            if (Directory.Exists(Path.Combine(candidate, "node_modules", "jsonata"))) return candidate;
        }

        return null;
    }

    private string Ask(string question)
    {
        _node.StandardInput.WriteLine(question);
        _node.StandardInput.Flush();
        return _node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("jsonata-js ended.");
    }
}
