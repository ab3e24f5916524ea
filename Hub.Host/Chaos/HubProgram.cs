using System.Diagnostics;

namespace Hub.Host.Chaos;

/// <summary>How a hub is started on this machine: the program that runs this code, or the runtime with its assembly.</summary>
/// <param name="File">What is executed.</param>
/// <param name="Arguments">Before the verb.</param>
internal sealed record HubProgram(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The hub this code belongs to.</summary>
    public static HubProgram Own()
    {
        var assembly = typeof(HubProgram).Assembly.Location;
        if (Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == typeof(HubProgram).Assembly.GetName().Name) return new HubProgram(path, []);
        var runtime = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        return new HubProgram(runtime, [assembly]);
    }

    /// <summary>A start with its output and errors redirected.</summary>
    public ProcessStartInfo Start(IEnumerable<string> arguments) => new(File, [.. Arguments, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
