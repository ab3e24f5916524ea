using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Mapping.Checking;

/// <summary>
/// Looks at a whole mapping before any record comes: names, types, values that may be absent or many, against the contracts
/// of its source and target. A part that no contract describes is not judged. Expressions that do not parse are passed over;
/// the compiler reports them.
/// </summary>
internal sealed class MappingCheck
{
    private readonly MappingDefinition _definition;
    private readonly Findings _findings;
    private readonly TypeScope _scope = new(null);
    private readonly SourceNames _source;
    private readonly TargetCheck _target;
    private readonly MappingTypes _types = new();

    private MappingCheck(MappingDefinition definition, MappingCompileContext context, Findings findings)
    {
        _definition = definition;
        _findings = findings;
        var source = Contract(definition.Source, context);
        var target = Contract(definition.Target, context);
        _source = new SourceNames(source, source?.RootOf(definition.Source.Record), source?.Name ?? string.Empty);
        _target = new TargetCheck(target, source?.Name ?? string.Empty, findings);
        foreach (var variable in context.Variables) _scope.Set(variable, StaticType.Unknown);
        var layout = definition.Source.Layout is { } name ? context.Layouts.GetValueOrDefault(name) : null;
        _scope.Set("file", layout is null ? StaticType.Unknown : StaticType.Of(layout.FileContract.Root, "$file"));
        _scope.Set("records", StaticType.Of(TypeKinds.Array) with { Element = _source.Document });
        _scope.Set("source", _source.Document);
        _scope.Set("index", StaticType.Of(TypeKinds.Number));
    }

    /// <summary>Checks a mapping.</summary>
    /// <param name="findings">Receives what is wrong (MAP201 to MAP234, and the expression codes that no value could avoid).</param>
    public static MappingTypes Run(MappingDefinition definition, MappingCompileContext context, Findings findings)
    {
        var check = new MappingCheck(definition, context, findings);
        check.Run();
        return check._types;
    }

    private static ContractDefinition? Contract(MappingSide side, MappingCompileContext context)
    {
        if (side.Contract is { } name) return context.Contracts.GetValueOrDefault(name);
        return side is { Layout: { } layout, Record: { } record } ? context.Layouts.GetValueOrDefault(layout)?.ContractOf(record) : null;
    }

    private void Run()
    {
        var record = new TypeContext(_source.Document, null);
        foreach (var let in _definition.Lets)
        {
            var part = Part(let.Expression, "$" + let.Name, record, _source);
            _types.Lets.Add(let.Name, part);
            _scope.Set(let.Name, part.Type);
        }

        if (_definition.SkipWhen is { } skip) Part(skip, string.Empty, record, _source, isCondition: true);

        Fields(_definition.Fields, record, null);
        _target.Check(_definition, _types);
        SecretCheck.Run(_definition, _types, _findings);
        var document = TargetShape.Of(_definition, _types);
        var names = new SourceNames(null, document, DiagnosticTexts.Catalog.Render("word.document"));
        _scope.Set("target", names.Document);
        _scope.Set("source", _source.Document with { Path = "$source" });
        if (_definition.Identity is { } identity)
        {
            Part(identity.From, "identity.from", record, _source, isPath: true);
            Part(identity.To, "identity.to", new TypeContext(names.Document, null), names, isPath: true);
        }

        foreach (var check in _definition.Checks)
        {
            var part = check.IsOfFile
                ? Part(check.Expression, string.Empty, new TypeContext(StaticType.Unknown, null), _source)
                : Part(check.Expression, string.Empty, new TypeContext(names.Document, null), names);
            _types.Checks.Add((check, part));
        }
    }

    private MappingTypes.PartType Part(YamlExpression expression, string path, TypeContext context, SourceNames names, bool isCondition = false, bool isPath = false)
    {
        var reads = new List<Read>();
        var type = StaticType.Unknown;
        if (ExpressionText.Parse(expression, path, isPath, _findings) is { } text) type = new TypeInference(text, _scope, names, 0, reads) { IsCondition = isCondition }.Infer(context);
        return new MappingTypes.PartType(type, reads, expression.PositionAt(0), expression.Text);
    }

    private void Fields(IReadOnlyList<FieldDefinition> fields, TypeContext context, FieldDefinition? list)
    {
        foreach (var field in fields) Field(field, context, list);
    }

    private void Field(FieldDefinition field, TypeContext context, FieldDefinition? list)
    {
        var reads = new List<Read>();
        var text = field.Text is { } written ? ExpressionText.Parse(written, field.Path, field.IsPath, _findings) : null;
        var type = text is null ? StaticType.Unknown : new TypeInference(text, _scope, _source, list is null ? 0 : 1, reads).Infer(context);
        var result = field.Form switch
        {
            FieldForm.Constant => StaticType.Of(FieldTypes.KindOf(field.Constant!.Value)),
            FieldForm.Object => StaticType.Of(TypeKinds.Object),
            FieldForm.Each => StaticType.Of(TypeKinds.Array),
            _ => FieldTypes.After(field.Rules, type),
        };
        _types.Fields.TryAdd(field.Path, new MappingTypes.FieldType(field, type, result, reads, list));
        if (text is not null) FieldCheck.Run(field, text, field.Form == FieldForm.Each ? type.Item() : type, _findings);
        if (field.Fields is not { } inner) return;
        if (field.Form == FieldForm.Object) Fields(inner, context, list);
        else
        {
            var item = type.Item().Existing() with { IsOuter = false };
            var place = item.Path ?? field.Text!.Text.Trim();
            Fields(inner, new TypeContext(item with { Path = place.EndsWith("[]", StringComparison.Ordinal) ? place : place + "[]" }, context), field);
        }
    }
}
