namespace Mappings.Yaml;

/// <summary>What a constant in a YAML file is.</summary>
public enum YamlConstantKind
{
    Null,
    Boolean,
    Number,
    Text,
}
