using System.Buffers;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Mapping.Files;
using Mappings.Mapping.Checking;
using Mappings.Mapping.Running;
using Mappings.Xrefs;

namespace Mappings.Mapping;

/// <summary>A mapping ready to run. Immutable; shared by all threads, each with its own <see cref="MappingRun"/>.</summary>
public sealed class MappingPlan
{
    /// <summary>How many errors one record gets at most, and how many warnings.</summary>
    public const int MaxFindings = 20;

    private readonly PlanParts _parts;

    internal MappingPlan(MappingDefinition definition, PlanParts parts, MappingTypes types)
    {
        Types = types;
        Definition = definition;
        _parts = parts;
    }

    public MappingDefinition Definition { get; }

    /// <summary>It asks the identity map or establishes an entry of it: <see cref="MappingRun.Xrefs"/> is to be looked at after each run.</summary>
    public bool UsesXrefs => _parts.Xrefs is not null;

    /// <summary>It makes or establishes entries of the identity map, or may wait for them.</summary>
    public bool ChangesXrefs => Definition.Identity is not null || XrefCheck.Fields(Definition.Fields).Any(f => f.Rules.Xref!.Missing != XrefMissing.Error);

    /// <summary>A field, let or check of one record uses <c>$file</c>: <see cref="MappingRun.SetVariable"/> is to be given it.</summary>
    public bool UsesFile => _parts.UsesFile;

    /// <summary>The checks on the whole file; null when there are none.</summary>
    public FileChecks? FileChecks => _parts.FileChecks;

    internal VariableSlots Slots => _parts.Slots;

    /// <summary>What the checker found out, for those who ask where a field comes from.</summary>
    internal MappingTypes Types { get; }

    /// <summary>Checks a mapping and makes it ready.</summary>
    /// <param name="findings">Receives everything that is wrong, at its place in the mapping's file: expressions and their variables (S, T, D and MAP27x), lookups (MAP240), names, types, absent and many values against the contracts of source and target (MAP201, MAP202, MAP210, MAP211, MAP220 to MAP236); a let that nothing uses is a warning (MAP241).</param>
    /// <returns>The plan, or null when <paramref name="findings"/> received an error.</returns>
    public static MappingPlan? Compile(MappingDefinition definition, MappingCompileContext context, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(findings);
        var own = new Findings();
        var plan = new PlanCompiler(definition, context, own).Compile();
        findings.AddRange(own);
        return own.HasErrors ? null : plan;
    }

    /// <summary>Finds what else is wrong with a mapping that cannot run because its shape is wrong.</summary>
    /// <param name="draft">As <see cref="MappingFile.Read(Yaml.YamlNode, Findings, out MappingDefinition?)"/> gave it.</param>
    /// <param name="findings">Receives what <see cref="Compile"/> would say of the parts that could be read.</param>
    public static void Check(MappingDefinition draft, MappingCompileContext context, Findings findings) => _ = Compile(draft, context, findings);

    /// <summary>Maps one record. What is wrong with it is in the result; nothing is thrown for it.</summary>
    /// <param name="run">Made for this plan.</param>
    /// <param name="output">Receives the document as compact JSON, only when the record was mapped.</param>
    public MappingResult Run(MappingRun run, in Value input, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(output);
        if (run.Plan != this) throw new ArgumentException("The run was made for another plan.", nameof(run));
        run.Begin(input);
        if (!_parts.SkipsAfterLets && Skips(run, input)) return new MappingResult(MappingResultKind.Skipped, []);
        if (!run.HasErrors && Lets(run, input))
        {
            if (_parts.SkipsAfterLets && Skips(run, input)) return new MappingResult(MappingResultKind.Skipped, []);
            if (!run.HasErrors) Document(run, input);
        }

        if (_parts.Xrefs is { } xrefs && xrefs.Ends(run, out var ended)) return ended;
        if (run.HasErrors)
        {
            return Definition.SkipsBadRecords
                ? new MappingResult(MappingResultKind.Skipped, run.TakeWarnings())
                : new MappingResult(MappingResultKind.Failed, run.TakeFindings());
        }

        output.Write(run.Output.Written);
        return new MappingResult(MappingResultKind.Mapped, run.TakeFindings());
    }

    private bool Skips(MappingRun run, in Value input)
    {
        if (_parts.SkipWhen is not { } condition) return false;
        if (!condition.TryRun(run, input, out var value, out var finding)) run.Report(finding!);
        else if (!value.IsBoolean) run.Report(condition.Fault(run, value, "DAT355", ("found", condition.Found(value))));
        return value.IsTrue;
    }

    private bool Lets(MappingRun run, in Value input)
    {
        for (var i = 0; i < _parts.Lets.Length; i++)
        {
            Value value;
            Finding? finding;
            var isFine = run.Trace is { } trace
                ? trace.TryLet(Definition.Lets[i], _parts.Lets[i], run, input, out value, out finding)
                : _parts.Lets[i].TryRun(run, input, out value, out finding);
            if (!isFine)
            {
                // Fields that use it would only say again that it has no value.
                run.Report(finding!);
                return false;
            }

            run.Context[Slots.Let(i)] = value;
        }

        return true;
    }

    private void Document(MappingRun run, in Value input)
    {
        run.Output.StartObject();
        FieldCode.WriteAll(_parts.Fields, run, input);
        run.Output.EndObject();
        if (run.HasErrors || (_parts.Xrefs is { } xrefs && xrefs.IsIncomplete(run))) return;
        if ((_parts.Checks.Length > 0 || _parts.Xrefs is { IsEstablished: true }) && TryReadTarget(run, out var target)) Finish(run, input, target);
    }

    private static bool TryReadTarget(MappingRun run, out Value target)
    {
        target = default;
        if (JsonTapeReader.TryRead(run.Output.WrittenMemory, run.TargetBuilder, ReaderOptions.Default, out var error))
        {
            target = Value.FromTape(run.TargetBuilder.Build(), 0);
            return true;
        }

        run.Report(error with { At = run.PositionOf(default) });
        return false;
    }

    private void Finish(MappingRun run, in Value input, in Value target)
    {
        _parts.Xrefs?.Establish(run, input, target);
        run.Context.Document = target;
        run.Context[Slots.Target] = target;
        foreach (var check in _parts.Checks) check.Run(run, target);
    }
}
