using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Expressions;

namespace Mappings.Mapping.Running;

/// <summary>
/// Holds the paths of a mapping against the source's contract, and its fields against the target's. A path into
/// something that no contract describes is not judged.
/// </summary>
internal sealed class ContractCheck
{
    private readonly MappingDefinition _definition;
    private readonly Findings _findings;
    private readonly ContractDefinition? _source;
    private readonly ContractDefinition? _target;
    private readonly Dictionary<string, Place> _lets = new(StringComparer.Ordinal);

    public ContractCheck(MappingDefinition definition, MappingCompileContext context, Findings findings)
    {
        _definition = definition;
        _findings = findings;
        _source = definition.Source.Contract is { } source ? context.Contracts.GetValueOrDefault(source) : null;
        _target = definition.Target.Contract is { } target ? context.Contracts.GetValueOrDefault(target) : null;
        Record = new Place(_source?.RootOf(definition.Source.Record), _source?.Name ?? string.Empty, null);
    }

    /// <summary>The input of fields outside every list.</summary>
    public Place Record { get; }

    public void Let(string name, Evaluation text)
    {
        Paths(text, Record);
        _lets[name] = new Place(Shape(text, Record), "$" + name, Record);
    }

    /// <returns>The place of the elements when the text gives a list.</returns>
    public Place Paths(Evaluation text, Place place)
    {
        if (_source is null) return place;
        foreach (var path in text.Expression.Facts.Paths) Follow(path, place, text);
        return new Place(Element(Shape(text, place)), $"{text.Expression.Facts.PlainPath}[]", place);
    }

    public void Target()
    {
        if (_target is not null) Members(_target.Root, _definition.Fields, string.Empty, _definition.FieldsAt);
    }

    private ContractShape? Shape(Evaluation text, Place place) =>
        text.Expression.Facts.PlainPath is { } path ? Follow(path, place, null) : null;

    /// <param name="report">Null when the path was judged before.</param>
    /// <returns>What stands at the path's end; null when it is not known.</returns>
    private ContractShape? Follow(SourcePath path, Place place, Evaluation? report)
    {
        var start = Start(path, place);
        var shape = start?.Shape;
        var walked = string.Empty;
        foreach (var part in path.Parts)
        {
            shape = Element(shape);
            if (shape is null || part.Name is "*" or "**" || shape.Members.Count == 0) return null;
            var member = shape.Member(part.Name);
            if (member is null && report is not null) Unknown(part, walked.Length == 0 ? start!.Name : walked, shape, path, report);
            if (member is null) return null;
            walked = walked.Length == 0 ? part.Name : $"{walked}.{part.Name}";
            shape = member;
        }

        return shape;
    }

    private Place? Start(SourcePath path, Place place)
    {
        switch (path.Base)
        {
            case SourcePathBase.Input:
                return place;
            case SourcePathBase.Document:
                return Record;
            case SourcePathBase.Variable:
                return path.Variable == "source" ? Record : _lets.GetValueOrDefault(path.Variable);
            default:
                var outer = place;
                for (var i = 0; i < path.Levels && outer is not null; i++) outer = outer.Outer;
                return outer;
        }
    }

    private void Unknown(SourcePathPart part, string holder, ContractShape shape, SourcePath path, Evaluation report)
    {
        var names = shape.Members.Select(m => m.Key).ToList();
        var near = NameSuggestion.Closest(part.Name, names);

        // A single word that nothing resembles is more likely a text someone meant than a field someone misspelt.
        var isText = near is null && path is { Base: SourcePathBase.Input, Parts.Count: 1 } && report.Expression.Facts.PlainPath is not null;

        // A step before the mapping may add members to the record, but not inside of what came with it.
        var mayBeAdded = near is null && shape.AllowsOtherMembers && shape == Record.Shape;
        if (mayBeAdded && !isText) return;
        var finding = Finding.Error(
            isText ? "MAP202" : "MAP201",
            part.At,
            report.Path,
            ("holder", holder),
            ("name", part.Name),
            ("known", shape.MembersText),
            ("hint", ValueRule.Hint(near)));
        _findings.Add(finding with { Length = part.Length, Severity = mayBeAdded ? Severity.Warning : Severity.Error });
    }

    private static ContractShape? Element(ContractShape? shape)
    {
        while (shape is { Kinds: ContractKinds.Array or (ContractKinds.Array | ContractKinds.Null) }) shape = shape.Items;
        return shape;
    }

    private void Members(ContractShape shape, IReadOnlyList<FieldDefinition> fields, string path, SourcePosition at)
    {
        foreach (var field in fields)
        {
            var member = shape.Member(field.Name);
            var near = member is null ? NameSuggestion.Closest(field.Name, shape.Members.Select(m => m.Key)) : null;
            if (near is not null || (member is null && !shape.AllowsOtherMembers))
            {
                var hint = ValueRule.Hint(near);
                _findings.Add(Finding.Error("MAP210", field.At, field.Path, ("contract", _target!.Name), ("name", field.Name), ("known", shape.MembersText), ("hint", hint)) with { Length = field.Name.Length });
            }

            if (field.Fields is { } inner && Element(member) is { Members.Count: > 0 } nested) Members(nested, inner, field.Path, field.At);
        }

        foreach (var name in shape.Members.Select(m => m.Key).Where(shape.Required.Contains).Except(fields.Select(f => f.Name)))
            _findings.Error("MAP211", at, path, ("contract", _target!.Name), ("name", name));
    }

    /// <summary>What is known of the input of an expression; the shape is null when nothing is.</summary>
    internal sealed record Place(ContractShape? Shape, string Name, Place? Outer);
}
