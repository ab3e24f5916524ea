using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Mapping.Running;
using Mappings.Yaml;

namespace Mappings.Mapping.Checking;

/// <summary>Holds the fields of a mapping against the contract of its target: names, kinds, fixed values, and what must be there.</summary>
internal sealed class TargetCheck(ContractDefinition? contract, string source, Findings findings)
{
    public void Check(MappingDefinition definition, MappingTypes types)
    {
        if (contract is not null) Members(contract.Root, definition.Fields, string.Empty, definition.FieldsAt, types);
    }

    private void Members(ContractShape shape, IReadOnlyList<FieldDefinition> fields, string path, SourcePosition at, MappingTypes types)
    {
        foreach (var field in fields)
        {
            if (shape.Member(field.Name) is not { } member) Unknown(shape, field);
            else Member(shape, member, field, types);
        }

        foreach (var name in shape.Members.Select(m => m.Key).Where(shape.Required.Contains).Except(fields.Select(f => f.Name)))
            findings.Error("MAP211", at, path, ("contract", contract!.Name), ("name", name));
    }

    private void Unknown(ContractShape shape, FieldDefinition field)
    {
        var near = NameSuggestion.Closest(field.Name, shape.Members.Select(m => m.Key));
        if (near is null && (shape.AllowsOtherMembers || shape.Members.Count == 0)) return;
        var finding = Finding.Error("MAP210", field.At, field.Path, ("contract", contract!.Name), ("name", field.Name), ("known", ValueRule.Listed([.. shape.Members.Select(m => m.Key)])), ("at", SourceNames.Place(shape.At)), ("hint", NameSuggestion.Hint(near)));
        findings.Add(finding with { Length = field.Name.Length, Severity = contract.IsInferred ? Severity.Warning : Severity.Error });
    }

    private void Member(ContractShape shape, ContractShape member, FieldDefinition field, MappingTypes types)
    {
        var type = types.Fields.TryGetValue(field.Path, out var found) ? found : null;
        if (type is not null) Kind(member, field, type);
        Constants(member, field);
        if (shape.Required.Contains(field.Name) && type is not null) Presence(field, type);
        if (field.Fields is not { } inner) return;
        var nested = field.Form == FieldForm.Each ? member.Items : member;
        if (nested is { Members.Count: > 0 }) Members(nested, inner, field.Path, field.At, types);
    }

    private void Kind(ContractShape member, FieldDefinition field, MappingTypes.FieldType type)
    {
        var wanted = StaticType.KindsOf(member.Kinds);
        var found = type.Result.Present & ~TypeKinds.Null;
        if (!type.Result.IsKnown || found == TypeKinds.None) return;
        if ((found & wanted) == 0)
        {
            var advice = field.Form is FieldForm.Path or FieldForm.Expression ? FieldTypes.Advice(found, member) : string.Empty;
            var at = field.Rules.Written is { } written && written.Has("type") ? written.Position("type") : field.Text?.PositionAt(0) ?? field.At;
            var hint = advice.Length == 0 ? string.Empty : DiagnosticTexts.Catalog.Render("word.type", ("type", advice));
            findings.Error("MAP220", at, field.Path, ("found", FieldCheck.Kind(type.Result)), ("source", source.Length == 0 ? "-" : source), ("wanted", member.KindsText), ("contract", contract!.Name), ("at", SourceNames.Place(member.At)), ("hint", hint));
        }
        else if (field.Rules.Type == ValueType.Any && type.Result is { Shape: { } shape, Present: TypeKinds.Number } && (member.Kinds & (ContractKinds.Number | ContractKinds.Integer)) == ContractKinds.Integer && (shape.Kinds & ContractKinds.Number) != 0)
            findings.Warning("MAP220", field.Text!.PositionAt(0), field.Path, ("found", FieldCheck.Kind(type.Result)), ("source", source), ("wanted", member.KindsText), ("contract", contract!.Name), ("at", SourceNames.Place(member.At)), ("hint", DiagnosticTexts.Catalog.Render("word.type", ("type", "integer"))));
        else if (found == TypeKinds.Text && Clash(field.Rules.Type, member.Format))
            findings.Error("MAP220", field.Rules.Written!.Position("type"), field.Path, ("found", ValueTypes.Word(field.Rules.Type)), ("source", source.Length == 0 ? "-" : source), ("wanted", ContractFormats.Word(member.Format)!), ("contract", contract!.Name), ("at", SourceNames.Place(member.At)), ("hint", string.Empty));
    }

    /// <summary>A time of day is no day, whatever the record holds.</summary>
    private static bool Clash(ValueType type, ContractFormat format) => format switch
    {
        ContractFormat.Date => type is ValueType.Time or ValueType.DateTime or ValueType.Instant,
        ContractFormat.DateTime => type is ValueType.Time or ValueType.Date,
        _ => false,
    };

    /// <summary>The values that stand in the mapping itself.</summary>
    private void Constants(ContractShape member, FieldDefinition field)
    {
        var rules = field.Rules;
        if (field.Constant is { } constant) Constant(member, field, constant, field.Rules.Written?.Position("const") ?? field.At);

        // A type behind the map changes what is written.
        if (rules.Type == ValueType.Any && rules.Map is { } map)
        {
            foreach (var (key, value) in map) Constant(member, field, value, rules.Written!.Map("map")[key].At);
        }

        if (rules.Type == ValueType.Any && rules.Else is { } otherwise) Constant(member, field, otherwise, rules.Written!.Position("else"));
        if (rules.Default is { } standard) Constant(member, field, standard, rules.Written!.Position("default"));
    }

    private void Constant(ContractShape member, FieldDefinition field, YamlConstant value, SourcePosition at)
    {
        var isKind = (FieldTypes.KindOf(value) & StaticType.KindsOf(member.Kinds)) != 0;
        var isListed = value.Kind != YamlConstantKind.Text || member.Enum is not { } values || values.Names.Contains(value.Text);
        if (isKind && isListed) return;
        var allowed = member.Enum?.Text ?? member.KindsText;
        var near = member.Enum is { } names ? NameSuggestion.Closest(value.Text, names.Names) : null;
        findings.Add(Finding.Error("MAP223", at, field.Path, ("found", value.Text), ("wanted", allowed), ("contract", contract!.Name), ("at", SourceNames.Place(member.At)), ("hint", NameSuggestion.Hint(near))) with { Length = value.Text.Length });
    }

    /// <summary>The contract needs the field; the mapping may leave it out.</summary>
    private void Presence(FieldDefinition field, MappingTypes.FieldType type)
    {
        var rules = field.Rules;
        if (field.Form is FieldForm.Constant or FieldForm.Each || rules.Default is not null) return;
        var mayBeLeftOut = !rules.IsRequired ? !type.Source.IsKnown || type.Source.MayBeMissing : rules.OnError == BadValue.Drop;
        if (!mayBeLeftOut) return;
        var at = rules.Written is { } written && written.Has(rules.IsRequired ? "on_error" : "required") ? written.Find(rules.IsRequired ? "on_error" : "required")!.KeyAt : field.At;
        var isSure = !rules.IsRequired && type.Source.MayBeMissing;
        findings.Add(Finding.Error("MAP236", at, field.Path, ("contract", contract!.Name), ("name", field.Name)) with { Severity = isSure ? Severity.Error : Severity.Warning });
    }
}
