using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>A condition the finished document must meet.</summary>
public sealed record CheckDefinition(string Name, SourcePosition At, YamlExpression Expression, Severity Otherwise);
