using System.Text;
using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Hub.Core.Journal;
using Hub.Core.Pipelines;
using Hub.Core.Pipelines.Steps;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Yaml;
using Tests.Support;

namespace Tests.Pipelines;

/// <summary>A small configuration around one pipeline: what the loader reads is compiled and run, without a hub.</summary>
internal sealed class PipelineBench
{
    private const ConnectorAbilities All = ConnectorAbilities.ReceiveHttp | ConnectorAbilities.Send | ConnectorAbilities.Request;

    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal)
    {
        ["hub.yaml"] = "hub: test\n",
        ["systems/erp.yaml"] = "system: erp\nconnector: sandbox\nendpoints:\n  orders: {}\n",
        ["systems/crm.yaml"] = "system: crm\nconnector: sandbox\nendpoints:\n  deals: {}\n  accounts: {}\n",
        ["systems/vault.yaml"] = "system: vault\nconnector: sealed\nendpoints:\n  box: {}\n",
        ["systems/oa.yaml"] = "system: oa\nconnector: sandbox\nendpoints:\n  approvals: {}\n",
    };

    private readonly Dictionary<string, IDocumentMapping?> _mappings = new(StringComparer.Ordinal);

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public PipelineBench() => Pool = new PipelineRunPool(Gateway, Xrefs, Clock);

    public static ConfigurationSpecs Specs { get; } = new(
        [Connector("sandbox", All), Connector("sealed", ConnectorAbilities.None)],
        StepCatalog.Fields,
        StepCatalog.Last);

    public FakeClock Clock { get; } = new();

    public FakeGateway Gateway { get; } = new();

    public FakeXrefs Xrefs { get; } = new();

    public PipelineRunPool Pool { get; }

    public MessageFormat SourceFormat { get; set; }

    public PipelineBench With(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    public PipelineBench WithMapping(string name, IDocumentMapping? mapping)
    {
        _mappings[name] = mapping;
        return With($"mappings/{name}.yaml", $"mapping: {name}\n");
    }

    /// <summary>The text of a pipeline with these steps, each line indented by two.</summary>
    public static string Steps(string steps, string head = "") =>
        $"pipeline: p\nfrom: erp.orders\n{head}steps:\n{string.Concat(steps.Split('\n').Select(l => $"  {l}\n"))}";

    /// <summary>Compiles; fails the test when there is a finding.</summary>
    public PipelineDefinition Compile(string pipeline)
    {
        var findings = Try(pipeline, out var definition);
        Assert.Equal([], findings);
        return definition!;
    }

    /// <summary>The findings as lines.</summary>
    public IReadOnlyList<string> Try(string pipeline, out PipelineDefinition? definition)
    {
        _files["pipelines/p.yaml"] = pipeline;
        var loaded = ConfigurationLoader.Load(ConfigurationSnapshot.Of("config", _files), null, Specs, new NoReferences());
        var findings = new Findings();
        findings.AddRange(loaded.Findings);
        definition = null;
        if (loaded.IsValid) definition = PipelineCompiler.Compile(loaded.Pipelines["p"], Context(loaded, findings), findings);
        return [.. findings.Sorted().Select(f => f.ToString())];
    }

    public ValueTask<PipelineOutcome> RunAsync(PipelineDefinition pipeline, string json, string? origin = null, CancellationToken cancellationToken = default)
    {
        var run = Rent(json, origin);
        return Finish(run, pipeline.RunAsync(run, cancellationToken));

        static async ValueTask<PipelineOutcome> Finish(PipelineRun run, ValueTask<PipelineOutcome> running)
        {
            using (run) return await running;
        }
    }

    public PipelineRun Rent(string json, string? origin = null, string? eventId = null, string? source = null)
    {
        var run = Pool.Rent();
        run.Body = Encoding.UTF8.GetBytes(json);
        run.Now = Start;
        run.Attributes = new MessageAttributes { Origin = origin, EventId = eventId, Source = source };
        Assert.True(JsonTapeReader.TryRead(run.Body, run.Builder, ReaderOptions.Default, out var error), error?.ToString());
        return run;
    }

    /// <summary>An outcome in a few lines: state, deliveries, findings.</summary>
    public static string Show(PipelineOutcome outcome)
    {
        var text = new StringBuilder().Append(outcome.State).Append('\n');
        foreach (var delivery in outcome.Deliveries)
        {
            var body = delivery.Body is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "the body";
            text.Append(delivery.Destination).Append(" [").Append(delivery.Part).Append("] ").Append(body).Append('\n');
        }

        foreach (var finding in outcome.Findings) text.Append(finding).Append(" <- ").Append(finding.Mapping).Append('\n');
        return text.ToString();
    }

    private CompileContext Context(LoadedConfiguration loaded, Findings findings) => new()
    {
        Revision = loaded.Revision,
        Clock = Clock,
        Endpoints = loaded.Systems.Values
            .SelectMany(s => s.Endpoints.Keys.Select(e => new EndpointName(s.Name, e)))
            .ToDictionary(e => e, _ => new FormatOptions { Format = SourceFormat }),
        Mappings = _mappings,
        Contracts = loaded.Contracts.Values.ToDictionary(c => c.Name, c => c.Read(findings)),
    };

    private static ConnectorSpec Connector(string kind, ConnectorAbilities abilities) =>
        new(kind, new ObjectSpec("system", "A system of the test.", "{}", []), new ObjectSpec("endpoint", "An endpoint of the test.", "{}", []), abilities);

    private sealed class NoReferences : IReferenceSource
    {
        public string? Variable(string name) => null;

        public string? File(string path) => null;
    }
}
