using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>What pipelines/NAME.yaml says.</summary>
/// <param name="From">The endpoint whose messages it takes: <c>system.endpoint</c>.</param>
/// <param name="Key">The lane of a message; null when order does not matter.</param>
/// <param name="Dedupe">Null when the sender's message id tells duplicates.</param>
/// <param name="Tests">Tests of the whole pipeline as they were written; null when there are none.</param>
public sealed record PipelineConfig(
    string Name,
    string From,
    YamlExpression? Key,
    DedupeConfig? Dedupe,
    IReadOnlyList<StepConfig> Steps,
    YamlNode? Tests,
    SpecValue Source,
    SourcePosition At);
