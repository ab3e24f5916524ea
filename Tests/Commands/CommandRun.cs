using System.Globalization;
using Hub.Host.Commands;

namespace Tests.Commands;

/// <summary>One command line in this process: its exit code and what it printed, with <c>\n</c> line ends.</summary>
internal sealed record CommandRun(int Exit, string Output, string Errors)
{
    public static async Task<CommandRun> Of(params string[] args)
    {
        // The program sets the language for the whole process; here it flows no further than this call.
        CultureInfo.CurrentUICulture = args.Contains("zh") ? new CultureInfo("zh-CN") : CultureInfo.InvariantCulture;
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var errors = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var exit = await HubCommandLine.InvokeAsync(args, new CommandOutput(output, errors));
        return new CommandRun(exit, output.ToString().ReplaceLineEndings("\n"), errors.ToString().ReplaceLineEndings("\n"));
    }
}
