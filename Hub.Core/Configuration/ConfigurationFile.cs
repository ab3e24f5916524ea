using System.Security.Cryptography;

namespace Hub.Core.Configuration;

/// <summary>One file of a configuration folder, read once.</summary>
public sealed class ConfigurationFile
{
    private string? _revision;

    /// <param name="path">Path in the folder with <c>/</c>, such as <c>systems/crm.yaml</c>.</param>
    public ConfigurationFile(string path, ReadOnlyMemory<byte> content)
    {
        Path = path;
        Content = content;
    }

    public string Path { get; }

    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>Content hash: the first 12 hex digits of SHA-256.</summary>
    public string Revision => _revision ??= Convert.ToHexStringLower(SHA256.HashData(Content.Span))[..12];
}
