using System.Collections.Frozen;
using Mappings.Contracts;

namespace Mappings.Mapping.Checking;

/// <summary>The shape of the documents a mapping makes, from its fields: what a check may ask for.</summary>
internal static class TargetShape
{
    public static ContractShape Of(MappingDefinition definition, MappingTypes types) => Object(definition.Fields, definition.FieldsAt, types);

    private static ContractShape Object(IReadOnlyList<FieldDefinition> fields, Diagnostics.SourcePosition at, MappingTypes types) => new()
    {
        Kinds = ContractKinds.Object,
        At = at,
        Members = [.. fields.Select(f => KeyValuePair.Create(f.Name, Value(f, types)))],
        Required = fields.Where(f => f.Rules is { IsRequired: true, OnError: not BadValue.Drop } || f.Rules.Default is not null).Select(f => f.Name).ToFrozenSet(StringComparer.Ordinal),
        AllowsOtherMembers = false,
    };

    private static ContractShape Value(FieldDefinition field, MappingTypes types)
    {
        if (field is { Form: FieldForm.Object, Fields: { } inner }) return Object(inner, field.At, types);
        if (field.Form == FieldForm.Each)
        {
            var items = field.Fields is { } elements ? Object(elements, field.At, types) : Any(field);
            return new ContractShape { Kinds = ContractKinds.Array, At = field.At, Items = items, MinItems = field.AtLeast };
        }

        if (!types.Fields.TryGetValue(field.Path, out var found) || !found.Result.IsKnown) return Any(field);

        // An object or list that was copied has the shape it had.
        if (found.Result.Shape is { } shape && (found.Result.Present & TypeKinds.Scalar) == 0) return shape;
        return new ContractShape { Kinds = Kinds(found.Result.Kinds), At = field.At };
    }

    private static ContractShape Any(FieldDefinition field) => new() { Kinds = ContractKinds.Any, At = field.At };

    private static ContractKinds Kinds(TypeKinds kinds)
    {
        var all = ContractKinds.None;
        if ((kinds & TypeKinds.Null) != 0) all |= ContractKinds.Null;
        if ((kinds & TypeKinds.Boolean) != 0) all |= ContractKinds.Boolean;
        if ((kinds & TypeKinds.Number) != 0) all |= ContractKinds.Number;
        if ((kinds & TypeKinds.Text) != 0) all |= ContractKinds.Text;
        if ((kinds & TypeKinds.Array) != 0) all |= ContractKinds.Array;
        if ((kinds & TypeKinds.Object) != 0) all |= ContractKinds.Object;
        return all;
    }
}
