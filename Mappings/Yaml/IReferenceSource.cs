namespace Mappings.Yaml;

/// <summary>Where <c>${NAME}</c> and <c>${file:/path}</c> come from.</summary>
public interface IReferenceSource
{
    /// <summary>The value of an environment variable, or null when it is not set.</summary>
    string? Variable(string name);

    /// <summary>The content of a file (trimmed by the caller), or null when it cannot be read.</summary>
    string? File(string path);
}
