using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>A mapping file; the mapping compiler reads on.</summary>
/// <param name="Root">The file, its <c>mapping: name</c> included.</param>
/// <param name="Text">The file's text, for showing marked lines.</param>
/// <param name="Revision">Content hash of the file.</param>
public sealed record MappingConfig(string Name, string File, YamlMapping Root, string Text, string Revision);
