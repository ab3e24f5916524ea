using Hub.Host.Commands;

namespace Hub.Host;

internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        // Descriptions are texts too, so the language must be known before the command tree is made.
        var at = Array.IndexOf(args, "--language");
        UserLanguage.Apply(at >= 0 && at + 1 < args.Length ? args[at + 1] : null, Environment.GetEnvironmentVariable);
        return HubCommandLine.InvokeAsync(args, new CommandOutput(Console.Out, Console.Error));
    }
}
