using Mappings.Diagnostics;

namespace Mappings.Yaml;

/// <summary>A list of values, in the order of the file.</summary>
public sealed class YamlSequence : YamlNode
{
    public YamlSequence(SourcePosition position, IReadOnlyList<YamlNode> items)
        : base(position) => Items = items;

    public IReadOnlyList<YamlNode> Items { get; }
}
