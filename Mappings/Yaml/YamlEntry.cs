namespace Mappings.Yaml;

/// <summary>A key with its value.</summary>
public sealed record YamlEntry(YamlScalar KeyNode, YamlNode Value)
{
    public string Key => KeyNode.Value;
}
