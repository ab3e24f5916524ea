using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What pipelines/NAME.yaml says.</summary>
/// <param name="From">The endpoint whose messages it takes: <c>system.endpoint</c>.</param>
/// <param name="Key">The lane of a message; null when order does not matter.</param>
/// <param name="Dedupe">What makes a message a duplicate: one of the words event, content, key, none, or an expression behind "= ".</param>
/// <param name="Durability">What keeps a message until it is delivered.</param>
/// <param name="Tests">Tests of the whole pipeline as they were written; null when there are none.</param>
public sealed record PipelineConfig(
    string Name,
    string From,
    YamlExpression? Key,
    YamlExpression Dedupe,
    Durability Durability,
    IReadOnlyList<StepConfig> Steps,
    YamlNode? Tests,
    SpecValue Source,
    SourcePosition At);
