using Mappings.Diagnostics;

namespace Hub.Core.Configuration.Reload;

/// <summary>What the last attempt to load left behind: what runs, what was found, and which changes wait.</summary>
/// <typeparam name="TDefinition">What is compiled from a configuration and runs.</typeparam>
/// <param name="Configuration">The configuration that runs.</param>
/// <param name="Definition">What was compiled from it.</param>
/// <param name="LastFindings">Findings of the last attempt: why files are held back, and warnings.</param>
/// <param name="HeldBack">Changed files that do not run yet, by path; for each the last good content runs (none when it is new).</param>
/// <param name="Attempt">Counts the attempts, from 1.</param>
public sealed record ConfigurationState<TDefinition>(
    LoadedConfiguration Configuration,
    TDefinition Definition,
    IReadOnlyList<Finding> LastFindings,
    IReadOnlyList<string> HeldBack,
    int Attempt);
