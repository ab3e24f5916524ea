namespace Mappings.Yaml;

/// <summary>How large a YAML file may be. A file an admin edits is far below; what is above is a mistake or an attack.</summary>
public static class YamlLimits
{
    /// <summary>Size of a file in bytes of UTF-8.</summary>
    public const int Bytes = 1024 * 1024;

    /// <summary>Mappings and lists inside each other.</summary>
    public const int Depth = 32;

    /// <summary>Scalars, mappings and lists together.</summary>
    public const int Nodes = 50_000;
}
