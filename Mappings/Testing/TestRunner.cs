using System.Buffers;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Lookups;
using Mappings.Mapping;
using Mappings.Mapping.Running;
using Mappings.Mapping.Tracing;
using Mappings.Xrefs;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>
/// Runs the tests of one mapping. Nothing outside is asked: the clock and the cross-references are stubs, lookups are the
/// configuration's tables or stubs, records stand in the tests or in sample files.
/// </summary>
/// <param name="context">What the mapping is compiled against.</param>
/// <param name="samples">The sample files.</param>
public sealed class TestRunner(MappingDefinition definition, MappingCompileContext context, ISampleFiles samples)
{
    internal const string MessageVariable = "message";

    private readonly TargetFields _target = new(definition);
    private readonly Coverage _coverage = new(definition);
    private readonly Dictionary<IReadOnlyDictionary<string, IReadOnlyList<KeyValuePair<string, YamlConstant>>>, MappingPlan?> _plans = [];

    /// <summary>Holds tests against the mapping without running them: names of fields, variables and lookups.</summary>
    public void Check(IEnumerable<TestCase> tests, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var check = new ExpectationCheck(_target, context, findings);
        foreach (var test in tests) check.Run(test);
    }

    /// <summary>Runs tests that <see cref="Check"/> found no error in.</summary>
    public MappingTestReport Run(IEnumerable<TestCase> tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var results = tests.Select(test => new TestResult(test, Run(test))).ToList();
        return new MappingTestReport(definition.Name, results, _coverage.Fields, _coverage.NeverWritten, _coverage.NeverTaken);
    }

    private IReadOnlyList<Finding> Run(TestCase test)
    {
        var findings = new Findings();
        using var input = TestInput.Open(test.Given, definition.Source, samples, findings);
        if (input is null) return [.. findings];
        var variables = test.Variables.ToDictionary(variable => variable.Key, variable => TestInput.Of(variable.Value), StringComparer.Ordinal);
        variables.TryAdd(MessageVariable, input.Whole);
        variables.TryAdd(VariableSlots.File, input.FileRecords);
        if (Map(input.Record, variables, test.Stubs, input.File, findings, out var output) is not { } result) return [.. findings];
        var document = Value.Missing;
        if (result.Kind == MappingResultKind.Mapped)
        {
            document = Read(output, findings);
            if (findings.HasErrors) return [.. findings];
            _coverage.Add(document);
        }

        new Verdict(_target, test, findings).Judge(result, document);
        return [.. findings];
    }

    /// <summary>Maps one record with stubs.</summary>
    /// <param name="file">The file of the record's places.</param>
    /// <returns>Null, with findings, when the mapping does not compile with the stubs.</returns>
    internal MappingResult? Map(in Value record, IReadOnlyDictionary<string, Value> variables, TestStubs stubs, string file, Findings findings, out ReadOnlyMemory<byte> document)
    {
        document = default;
        if (Plan(stubs, findings) is not { } plan) return null;
        var trace = new MappingTrace();
        using var run = new MappingRun(plan)
        {
            Trace = trace,
            Now = stubs.Now ?? TestStubs.StandardNow,
            XrefSource = Xrefs(stubs),
            Place = (line, column) => new SourcePosition(file, line, column),
        };
        foreach (var (name, value) in variables.Where(variable => variable.Key == VariableSlots.File || context.Variables.Contains(variable.Key))) run.SetVariable(name, value);
        var output = new ArrayBufferWriter<byte>();
        var result = plan.Run(run, record, output);
        document = output.WrittenMemory;
        if (result.Kind == MappingResultKind.Mapped) _coverage.Add(trace);
        return result;
    }

    internal static Value Read(ReadOnlyMemory<byte> json, Findings findings)
    {
        var builder = new TapeBuilder();
        if (JsonTapeReader.TryRead(json, builder, ReaderOptions.Default, out var error)) return Value.FromTape(builder.Build(), builder.Build().Root);
        findings.Add(error);
        return Value.Missing;
    }

    private static MemoryXrefs Xrefs(TestStubs stubs)
    {
        var xrefs = new MemoryXrefs();
        foreach (var (entity, ids) in stubs.Xrefs)
        {
            foreach (var (id, target) in ids) xrefs.Add(entity, id, target);
        }

        return xrefs;
    }

    /// <summary>The mapping with the stubs' tables; most tests of a file share theirs.</summary>
    private MappingPlan? Plan(TestStubs stubs, Findings findings)
    {
        if (_plans.TryGetValue(stubs.Lookups, out var plan)) return plan;
        var lookups = new Dictionary<string, LookupTable>(context.Lookups, StringComparer.Ordinal);
        foreach (var (name, entries) in stubs.Lookups) lookups[name] = new LookupTable(name, entries);
        var own = new Findings();
        plan = MappingPlan.Compile(definition, context with { Lookups = lookups }, own);
        findings.AddRange(own.Where(finding => finding.Severity == Severity.Error));
        return _plans[stubs.Lookups] = plan;
    }
}
