using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>A value computed once per record.</summary>
/// <param name="Name">Without the dollar sign.</param>
public sealed record LetDefinition(string Name, SourcePosition At, YamlExpression Expression);
