using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>A code table, from YAML or CSV.</summary>
/// <param name="Root">The document of a YAML table; null for CSV.</param>
/// <param name="Csv">The bytes of a CSV table, for the lookup compiler; null for YAML.</param>
public sealed record LookupConfig(string Name, string File, YamlNode? Root, ReadOnlyMemory<byte>? Csv);
