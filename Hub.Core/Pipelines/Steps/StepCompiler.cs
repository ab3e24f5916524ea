using Hub.Abstractions.Connectors;
using Hub.Abstractions.Messages;
using Hub.Core.Configuration;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Mapping;
using Mappings.Yaml;

namespace Hub.Core.Pipelines.Steps;

/// <summary>What the steps of one pipeline are compiled with. Each member that gives null has left the reason among the findings, or the reason is another file's.</summary>
/// <param name="context">Everything else of the configuration.</param>
/// <param name="findings">Receives what is wrong.</param>
internal sealed class StepCompiler(CompileContext context, Findings findings)
{
    private static readonly ExpressionOptions Options = new() { Variables = [PipelineRun.MessageVariable] };

    public CompileContext Context { get; } = context;

    public Findings Findings { get; } = findings;

    /// <summary>An expression, with or without the leading <c>=</c>.</summary>
    public StepExpression? Expression(YamlExpression text) => Compile(text, pathOnly: false);

    /// <summary>A path, or an expression when it begins with <c>=</c>.</summary>
    public StepExpression? PathOrExpression(YamlExpression text) => Compile(text, pathOnly: text.Start == 0);

    public ContractDefinition? Contract(SpecItem name) => Find(Context.Contracts, name, "contract");

    public MappingPlan? Mapping(SpecItem name) => Find(Context.Mappings, name, "mapping");

    /// <summary>Endpoints to send to.</summary>
    public EndpointName[]? Targets(IReadOnlyList<SpecItem> items)
    {
        var targets = new List<EndpointName>(items.Count);
        var complete = true;
        foreach (var item in items)
        {
            if (Endpoint(item, ConnectorAbilities.Send) is not { } target) complete = false;
            else if (targets.Contains(target))
            {
                Findings.Error("CFG269", item.At, item.Path, ("endpoint", item.Text));
                complete = false;
            }
            else targets.Add(target);
        }

        return complete ? [.. targets] : null;
    }

    /// <summary>An endpoint that can do what is asked of it.</summary>
    public EndpointName? Endpoint(SpecItem item, ConnectorAbilities ability)
    {
        if (!EndpointName.TryParse(item.Text, out var name) || !Context.Endpoints.TryGetValue(name, out var known))
        {
            KnownNames.Unknown("endpoint", item.Text, Context.Endpoints.Keys.Select(e => e.ToString()).Order(StringComparer.Ordinal), item.At, item.Path, Findings);
            return null;
        }

        if (known is null) return null;
        if ((known.Abilities & ability) != 0) return name;
        var code = ability switch { ConnectorAbilities.Send => "CFG260", ConnectorAbilities.Request => "CFG261", _ => "CFG262" };
        Findings.Error(code, item.At, item.Path, ("endpoint", item.Text), ("connector", known.Connector));
        return null;
    }

    private T? Find<T>(IReadOnlyDictionary<string, T?> known, SpecItem name, string kind)
        where T : class
    {
        if (!known.TryGetValue(name.Text, out var found)) KnownNames.Unknown(kind, name.Text, known.Keys.Order(StringComparer.Ordinal), name.At, name.Path, Findings);
        return found;
    }

    private StepExpression? Compile(YamlExpression text, bool pathOnly)
    {
        var origin = Origin(text);
        var code = pathOnly
            ? PathExpression.Compile(text.Text, Options, Findings, origin)
            : Mappings.Expressions.Expression.Compile(text.Text, Options, Findings, origin);
        return code is null ? null : new StepExpression(code, text.PositionAt(0));
    }

    /// <summary>Line ends, doubled quotes and escapes make the file's columns differ from the text's: a piece begins where they do.</summary>
    private static ExpressionOrigin Origin(YamlExpression text)
    {
        var places = new List<(int Line, int Column)>();
        var offsets = new List<int>();
        var expected = default(SourcePosition);
        for (var i = 0; i < Math.Max(1, text.Text.Length); i++)
        {
            var at = text.PositionAt(i);
            if (i == 0 || at != expected)
            {
                places.Add((at.Line, at.Column));
                offsets.Add(i);
            }

            expected = at with { Column = at.Column + 1 };
        }

        return ExpressionOrigin.Lines(text.Scalar.Position.File, [.. places], [.. offsets]);
    }
}
