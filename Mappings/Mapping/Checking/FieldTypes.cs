using Mappings.Contracts;
using Mappings.Yaml;

namespace Mappings.Mapping.Checking;

/// <summary>What a field's rules make of the type of its value, and what they cannot make anything of.</summary>
internal static class FieldTypes
{
    /// <summary>The type after map, xref and type; the default is not counted.</summary>
    public static StaticType After(FieldRules rules, StaticType type)
    {
        if (rules.Map is { } map)
        {
            var kinds = map.Select(e => KindOf(e.Value)).Aggregate(TypeKinds.None, (all, kind) => all | kind);
            if (rules.Else is { } otherwise) kinds |= KindOf(otherwise);
            type = new StaticType { IsKnown = true, Kinds = kinds | (type.Kinds & TypeKinds.Missing), Optional = type.Optional, OptionalPath = type.OptionalPath };
        }
        else if (rules.Lookup is not null) type = StaticType.Unknown with { Kinds = type.Kinds & TypeKinds.Missing };
        else if (rules.Xref is not null) type = StaticType.Of(TypeKinds.Text | (type.Kinds & TypeKinds.Missing)) with { Optional = type.Optional, OptionalPath = type.OptionalPath };
        if (Written(rules.Type) is not { } written) return type;
        return StaticType.Of(written | (type.Kinds & TypeKinds.Missing)) with { Optional = type.Optional, OptionalPath = type.OptionalPath };
    }

    /// <summary>The kind that a <c>type</c> writes; null for any.</summary>
    public static TypeKinds? Written(ValueType type) => type switch
    {
        ValueType.Any => null,
        ValueType.Boolean => TypeKinds.Boolean,
        _ => ValueTypes.IsNumber(type) ? TypeKinds.Number : TypeKinds.Text,
    };

    public static TypeKinds KindOf(YamlConstant constant) => constant.Kind switch
    {
        YamlConstantKind.Null => TypeKinds.Null,
        YamlConstantKind.Boolean => TypeKinds.Boolean,
        YamlConstantKind.Number => TypeKinds.Number,
        _ => TypeKinds.Text,
    };

    /// <summary>True when no value of the source can become the field's <c>type</c>, whatever it is.</summary>
    public static bool IsImpossible(FieldRules rules, StaticType type)
    {
        if (rules.Map is not null || rules.Lookup is not null || rules.Xref is not null || !type.IsKnown) return false;
        var present = type.Present & ~TypeKinds.Null;
        if (present == TypeKinds.None || Written(rules.Type) is null) return false;
        if ((present & TypeKinds.Scalar) == 0) return true;
        var isText = present == TypeKinds.Text;
        var format = isText ? type.Shape?.Format ?? ContractFormat.None : ContractFormat.None;
        var isMoment = format is ContractFormat.Date or ContractFormat.DateTime;
        if (ValueTypes.IsNumber(rules.Type)) return (present & (TypeKinds.Number | TypeKinds.Text)) == 0 || isMoment || format == ContractFormat.Boolean || (isText && HasNone(type, IsNumber));
        if (rules.Type == ValueType.Boolean) return (present & (TypeKinds.Boolean | TypeKinds.Text)) == 0 || isMoment || format is ContractFormat.Integer or ContractFormat.Decimal || (isText && HasNone(type, IsTruth));
        if (!ValueTypes.IsTemporal(rules.Type)) return false;

        // With a pattern of its own the field reads what no contract knows.
        if (rules.Written?.Has("in") == true) return present == TypeKinds.Boolean;
        if ((present & TypeKinds.Text) == 0 || format is ContractFormat.Integer or ContractFormat.Decimal or ContractFormat.Boolean) return true;
        return format == ContractFormat.Date ? rules.Type is ValueType.Time or ValueType.DateTime or ValueType.Instant : format == ContractFormat.DateTime && rules.Type == ValueType.Time;
    }

    private static bool HasNone(StaticType type, Func<string, bool> fits) => type.Shape?.Enum is { Names.Count: > 0 } values && !values.Names.Any(fits);

    private static bool IsTruth(string text) => text is "true" or "false";

    private static bool IsNumber(string text) => text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c is '-' or '+' or '.' or 'e' or 'E');

    /// <summary>The word for a <c>type</c> that would make a value of the wanted kind; empty when none would.</summary>
    public static string Advice(TypeKinds found, ContractShape wanted)
    {
        if ((found & TypeKinds.Scalar) == 0) return string.Empty;
        var kinds = wanted.Kinds;
        if ((kinds & ContractKinds.Text) != 0) return wanted.Format switch { ContractFormat.Date => "date", ContractFormat.DateTime => "instant", _ => "text" };
        if ((found & (TypeKinds.Text | TypeKinds.Number)) != 0 && (kinds & ContractKinds.Number) != 0) return "decimal";
        if ((found & (TypeKinds.Text | TypeKinds.Number)) != 0 && (kinds & ContractKinds.Integer) != 0) return "integer";
        return (found & TypeKinds.Text) != 0 && (kinds & ContractKinds.Boolean) != 0 ? "boolean" : string.Empty;
    }

}
