using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mappings.Diagnostics;
using Spectre.Console;

namespace Hub.Host.Commands;

/// <summary>What a verb prints: tables and lines for people, one JSON document for programs.</summary>
internal sealed class CommandOutput(TextWriter output, TextWriter error)
{
    public static readonly JsonSerializerOptions JsonFormat = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly JsonSerializerOptions CompactFormat = new(JsonFormat) { WriteIndented = false };

    public void Line(string text = "") => output.WriteLine(text);

    public void Error(string text) => error.WriteLine(text);

    public void Json<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, JsonFormat));

    /// <summary>One compact line, for output that is read line by line while the program runs.</summary>
    public void JsonLine<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, CompactFormat));

    /// <summary>A table; the columns given in <paramref name="right"/> are numbers.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, params IReadOnlyList<int> right)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < headings.Count; i++)
        {
            var column = new TableColumn(Markup.Escape(headings[i])).NoWrap();
            table.AddColumn(right.Contains(i) ? column.RightAligned() : column);
        }

        foreach (var row in rows) table.AddRow([.. row.Select(cell => new Text(cell))]);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        // Spectre cuts tables to the terminal; a pipe or a file has no width, and what is read later must be whole.
        if (Console.IsOutputRedirected) console.Profile.Width = 400;
        console.Write(table);
    }

    /// <summary>Findings in the long form, with the marked source line where the file can be read.</summary>
    public void Findings(IEnumerable<Finding> findings, Func<string, int, string?>? readLine = null)
    {
        foreach (var finding in findings) error.WriteLine(FindingFormatter.Long(finding, readLine));
    }
}
