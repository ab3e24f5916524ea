using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>One step of a pipeline.</summary>
/// <param name="Kind">The step's key: filter, map, send …</param>
/// <param name="Fields">The fields that the step's kind defines.</param>
/// <param name="Path">Path in the file, such as <c>steps[2].map</c>.</param>
/// <param name="At">Place of the key.</param>
public sealed record StepConfig(string Kind, SpecValue Fields, string Path, SourcePosition At);
