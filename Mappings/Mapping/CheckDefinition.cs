using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Mapping;

/// <summary>A condition the finished document, or the file as a whole, must meet.</summary>
public sealed record CheckDefinition(string Name, SourcePosition At, YamlExpression Expression, Severity Otherwise)
{
    /// <summary><c>scope: file</c></summary>
    public bool IsOfFile { get; init; }
}
