using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Hub.Core.Pipelines.Steps;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Hub.Core.Pipelines;

/// <summary>Turns what the user wrote into what runs. The loader has checked the shape; what a pipeline means is checked here.</summary>
public static class PipelineCompiler
{
    /// <summary>A step's number is kept in one byte of the journal; nobody follows a longer pipeline anyway.</summary>
    internal const int MaximumSteps = 50;

    private static readonly string[] DedupeWords = ["event", "content", "key", "none"];

    /// <summary>Compiles one pipeline.</summary>
    /// <param name="config">As it was loaded.</param>
    /// <param name="context">What it is compiled against.</param>
    /// <param name="findings">Receives all that is wrong, at its place in the file.</param>
    /// <returns>The pipeline; null when there is an error, here or in something that it needs.</returns>
    public static PipelineDefinition? Compile(PipelineConfig config, CompileContext context, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(findings);
        var compiler = new StepCompiler(context, findings);
        var from = From(config, compiler);
        var keys = Keys(config, compiler);
        Order(config, findings);
        var steps = new StepDefinition?[config.Steps.Count];
        for (var i = 0; i < steps.Length; i++) steps[i] = Step(config.Steps[i], compiler);
        if (from is null || keys is null || findings.HasErrors || Array.Exists(steps, s => s is null)) return null;
        return new PipelineDefinition(config.Name, from.Value, config.At, keys, [.. steps.OfType<StepDefinition>()], context);
    }
}
