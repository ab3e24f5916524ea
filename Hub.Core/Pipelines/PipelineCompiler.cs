using Hub.Core.Configuration;
using Hub.Core.Pipelines.Steps;
using Mappings.Diagnostics;

namespace Hub.Core.Pipelines;

/// <summary>Turns what the user wrote into what runs. The loader has checked the shape; what a pipeline means is checked here.</summary>
public static class PipelineCompiler
{
    /// <summary>A step's number is kept in one byte of the journal, and nobody follows a longer pipeline.</summary>
    internal const int MaximumSteps = 50;

    private static readonly string[] DedupeWords = ["event", "content", "key", "none"];

    /// <summary>Compiles one pipeline.</summary>
    /// <param name="config">As it was loaded, without errors.</param>
    /// <param name="context">What it is compiled against.</param>
    /// <param name="findings">Receives all that is wrong, at its place in the file.</param>
    /// <returns>The pipeline; null when there is an error, here or in something that it needs.</returns>
    public static PipelineDefinition? Compile(PipelineConfig config, CompileContext context, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(findings);
        if (config.Steps is not [.., var last] || !StepCatalog.Last.Contains(last.Kind))
            throw new ArgumentException("The loader refuses a pipeline that hands its messages to nobody.", nameof(config));
        var own = new Findings();
        var compiler = new StepCompiler(context, own) { Source = config.From };
        var from = compiler.Endpoint(config.Source.Find("from")!);
        var keys = Keys(config, compiler);
        Order(config, own);
        var steps = config.Steps.Select(s => Step(s, compiler)).ToArray();
        if (config.Durability == Durability.Broker) NeedsNoJournal(steps, own);
        findings.AddRange(own);
        if (own.HasErrors || from is null || keys is null || Array.Exists(steps, s => s is null)) return null;
        return new PipelineDefinition(config.Name, from.Value, config.At, keys, steps!, context) { Durability = config.Durability };
    }

    private static StepDefinition? Step(StepConfig step, StepCompiler compiler) =>
        StepCatalog.Find(step.Kind)?.Compile(step.Fields, new StepSite(step.Kind, step.At, step.Path), compiler);

    private static KeyDefinition? Keys(PipelineConfig config, StepCompiler compiler)
    {
        var key = config.Key is { } written ? compiler.PathOrExpression(written) : null;
        if (config.Key is not null && key is null) return null;
        var dedupe = config.Dedupe;
        if (dedupe.Start > 0) return compiler.Expression(dedupe) is { } by ? new KeyDefinition(key, DedupeMode.Expression, by) : null;
        var mode = Array.IndexOf(DedupeWords, dedupe.Text);
        if (mode < 0) compiler.Findings.Error("CFG267", dedupe.PositionAt(0), "dedupe", ("found", dedupe.Text));
        else if ((DedupeMode)mode == DedupeMode.Key && key is null) compiler.Findings.Error("CFG268", dedupe.PositionAt(0), "dedupe");
        else return new KeyDefinition(key, (DedupeMode)mode, null);
        return null;
    }

    /// <summary>Entries of the identity map stand in the journal, and so does what waits for them.</summary>
    private static void NeedsNoJournal(IEnumerable<StepDefinition?> steps, Findings findings)
    {
        foreach (var map in steps.OfType<MapStep>().Where(m => m.Code.ChangesXrefs)) findings.Error("CFG368", map.At, map.Path, ("mapping", map.Mapping));
    }

    private static void Order(PipelineConfig config, Findings findings)
    {
        if (config.Steps.Count > MaximumSteps) findings.Error("CFG271", config.Steps[MaximumSteps].At, "steps", ("limit", Shown.Number(MaximumSteps)));
        foreach (var second in config.Steps.Where(s => s.Kind == SplitStep.Spec.Kind).Skip(1)) findings.Error("CFG270", second.At, second.Path);
    }
}
