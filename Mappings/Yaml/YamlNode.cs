using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>A value in a YAML file, with its place. Immutable; the three shapes are scalar, mapping and sequence.</summary>
public abstract class YamlNode
{
    private protected YamlNode(SourcePosition position) => Position = position;

    /// <summary>
    /// The first character of the content: behind an opening quote, on the first text line of a <c>|</c> block,
    /// the first key of a block mapping, the bracket of a flow collection.
    /// </summary>
    public SourcePosition Position { get; }
}
