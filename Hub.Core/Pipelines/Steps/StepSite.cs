using Mappings.Diagnostics;

namespace Hub.Core.Pipelines.Steps;

/// <summary>Where a step stands.</summary>
/// <param name="Kind">Its key.</param>
/// <param name="At">The place of its key in the pipeline file.</param>
/// <param name="Path">Its path in the pipeline file, such as <c>steps[2].map</c>.</param>
internal sealed record StepSite(string Kind, SourcePosition At, string Path);
