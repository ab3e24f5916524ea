using System.Buffers;
using System.Collections.Concurrent;
using Hub.Core.Pipelines;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Mapping;
using Mappings.Mapping.Files;

namespace Hub.Core.Runtime;

/// <summary>A mapping file's plan, as a map step runs it. What a run needs is kept from message to message.</summary>
internal sealed class PlanMapping(MappingPlan plan, TimeProvider clock) : IDocumentMapping
{
    /// <summary>More runs than threads that map at once are never needed.</summary>
    private static readonly int Kept = Environment.ProcessorCount * 2;

    private readonly ConcurrentBag<MappingRun> _idle = [];

    /// <summary>Of the bag: counting it would lock it for every thread.</summary>
    private int _idleCount;

    public MappingSide Source => plan.Definition.Source;

    public bool UsesFile => plan.UsesFile;

    public FileRules FileRules => plan.Definition.FileRules;

    public FileChecks? FileChecks => plan.FileChecks;

    public bool UsesXrefs => plan.UsesXrefs;

    public bool ChangesXrefs { get; } = plan.ChangesXrefs;

    public IReadOnlySet<string> SecretNames { get; } = Mappings.Mapping.SecretNames.Of(plan.Definition);

    public MapResult Run(in MapInput input, IBufferWriter<byte> output, Findings findings)
    {
        if (_idle.TryTake(out var run)) Interlocked.Decrement(ref _idleCount);
        else run = new MappingRun(plan, clock);
        var file = input.Name;
        run.Now = input.Now;
        run.Trace = input.Trace;
        run.Place = (line, column) => new SourcePosition(file, line, column);
        run.SetVariable(PipelineRun.MessageVariable, input.Message);
        if (plan.UsesFile) run.SetVariable("file", input.File);
        if (input is { Xrefs: { } xrefs, Notes: { } notes })
        {
            run.XrefSource = xrefs;
            run.Xrefs = notes;
        }

        var result = plan.Run(run, Value.FromTape(input.Tape, input.Node), output);
        if (Interlocked.Increment(ref _idleCount) <= Kept) _idle.Add(run);
        else
        {
            Interlocked.Decrement(ref _idleCount);
            run.Dispose();
        }

        findings.AddRange(result.Findings);
        return result.Kind switch
        {
            MappingResultKind.Mapped => MapResult.Mapped,
            MappingResultKind.Skipped => MapResult.Skipped,
            MappingResultKind.NeedsXrefs => MapResult.NeedsXrefs,
            MappingResultKind.Held => MapResult.Held,
            _ => MapResult.Failed,
        };
    }
}
