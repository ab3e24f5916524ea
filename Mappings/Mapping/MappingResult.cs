using Mappings.Diagnostics;

namespace Mappings.Mapping;

/// <summary>What became of a record, and what was found on the way.</summary>
/// <param name="Findings">At most <see cref="MappingPlan.MaxFindings"/>; warnings also of a record that was mapped. Stays valid after the next run.</param>
public readonly record struct MappingResult(MappingResultKind Kind, IReadOnlyList<Finding> Findings);
