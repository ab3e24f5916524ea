using System.Security;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>References taken from the process's environment and from files, such as mounted secrets.</summary>
public sealed class EnvironmentReferences : IReferenceSource
{
    private const int MaximumBytes = 64 * 1024;

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    /// <summary>Null when the file is absent, cannot be read, or is larger than 64 KB.</summary>
    public string? File(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file is { Exists: true, Length: <= MaximumBytes } ? System.IO.File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
