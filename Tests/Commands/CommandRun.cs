using System.Globalization;
using Hub.Host.Commands;

namespace Tests.Commands;

/// <summary>One command line in this process: its exit code and what it printed, with <c>\n</c> line ends.</summary>
internal sealed record CommandRun(int Exit, string Output, string Errors)
{
    public static async Task<CommandRun> Of(params string[] args)
    {
        // The program sets it from --language before the command tree is made; it flows no further than this call.
        UserLanguage.Apply(Array.IndexOf(args, "--language") is var at and >= 0 ? args[at + 1] : "en", _ => null);
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var errors = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var exit = await HubCommandLine.InvokeAsync(args, new CommandOutput(output, errors));
        return new CommandRun(exit, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }
}
