using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>What the steps of one pipeline are compiled with. Each member that gives null has left the reason among the findings, or the reason is another file's.</summary>
/// <param name="context">Everything else of the configuration.</param>
/// <param name="findings">Receives what is wrong.</param>
internal sealed class StepCompiler(CompileContext context, Findings findings)
{
    private static readonly ExpressionOptions Options = new() { Variables = [PipelineRun.MessageVariable] };

    private bool _isMapped;

    public CompileContext Context { get; } = context;

    /// <summary>The endpoint whose records the pipeline takes.</summary>
    public required string Source { get; init; }

    /// <summary>Which parts of a payload of that endpoint are records; null when it does not say.</summary>
    public string? Record => EndpointName.TryParse(Source, out var source) ? Context.Endpoints.GetValueOrDefault(source)?.Record : null;

    public Findings Findings { get; } = findings;

    /// <summary>An expression, with or without the leading <c>=</c>.</summary>
    public StepExpression? Expression(YamlExpression text) => Compile(text, pathOnly: false);

    /// <summary>A path, or an expression when it begins with <c>=</c>.</summary>
    public StepExpression? PathOrExpression(YamlExpression text) => Compile(text, pathOnly: text.Start == 0);

    public ContractDefinition? Contract(SpecItem name) => Find(Context.Contracts, name, "contract");

    /// <summary>A mapping. The first of a pipeline reads what the source sends, so it must be written for that.</summary>
    public IDocumentMapping? Mapping(SpecItem name)
    {
        if (Find(Context.Mappings, name, "mapping") is not { } mapping) return null;
        var isFirst = !_isMapped;
        _isMapped = true;
        if (!isFirst || !EndpointName.TryParse(Source, out var source) || !Context.Endpoints.TryGetValue(source, out var format)) return mapping;
        return SourceAgreement.Check(mapping, name, source, format, Findings) ? mapping : null;
    }

    /// <summary>A map written in C#.</summary>
    public IDocumentMapping? TypedMap(SpecItem profile, SpecItem? source, SpecItem? target)
    {
        _isMapped = true;
        var names = Context.TypedMaps.Names;
        if (names.Contains(profile.Text)) return Context.TypedMaps.Find(profile, source, target, Findings);
        var near = NameSuggestion.Closest(profile.Text, names);
        Findings.Error("CFG331", profile.At, profile.Path, ("profile", profile.Text), ("hint", NameSuggestion.Hint(near)), ("known", names.Count == 0 ? "-" : string.Join(", ", names)));
        return null;
    }

    /// <summary>Endpoints to send to.</summary>
    public EndpointName[]? Targets(IReadOnlyList<SpecItem> items)
    {
        var targets = new List<EndpointName>(items.Count);
        var complete = true;
        foreach (var item in items)
        {
            if (Endpoint(item) is not { } target) complete = false;
            else if (targets.Contains(target))
            {
                Findings.Error("CFG269", item.At, item.Path, ("endpoint", item.Text));
                complete = false;
            }
            else targets.Add(target);
        }

        return complete ? [.. targets] : null;
    }

    /// <summary>An endpoint; the loader has seen to it that its connector can do what is asked.</summary>
    public EndpointName? Endpoint(SpecItem item)
    {
        if (!EndpointName.TryParse(item.Text, out var name) || !Context.Endpoints.ContainsKey(name))
        {
            KnownNames.Unknown("endpoint", item.Text, Context.Endpoints.Keys.Select(e => e.ToString()).Order(StringComparer.Ordinal), item.At, item.Path, Findings);
            return null;
        }

        return name;
    }

    private T? Find<T>(IReadOnlyDictionary<string, T?> known, SpecItem name, string kind)
        where T : class
    {
        if (!known.TryGetValue(name.Text, out var found)) KnownNames.Unknown(kind, name.Text, known.Keys.Order(StringComparer.Ordinal), name.At, name.Path, Findings);
        return found;
    }

    private StepExpression? Compile(YamlExpression text, bool pathOnly)
    {
        var origin = YamlOrigin.Of(text);
        var code = pathOnly
            ? PathExpression.Compile(text.Text, Options, Findings, origin)
            : Mappings.Expressions.Expression.Compile(text.Text, Options, Findings, origin);
        return code is null ? null : new StepExpression(code, text.PositionAt(0));
    }
}
