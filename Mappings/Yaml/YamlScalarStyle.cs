namespace Mappings.Yaml;

/// <summary>How a scalar was written.</summary>
public enum YamlScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,

    /// <summary>A <c>|</c> block: line ends are kept.</summary>
    Literal,

    /// <summary>A <c>&gt;</c> block: line ends become spaces.</summary>
    Folded,
}
