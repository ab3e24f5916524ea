using Mappings.Diagnostics;
using Mappings.Lookups;
using Mappings.Mapping;
using Mappings.Mapping.Temporal;
using Mappings.Yaml;
using ValueType = Mappings.Mapping.ValueType;

namespace Mappings.Layouts;

/// <summary>Reads what the fields of all layouts have in common.</summary>
internal sealed class LayoutValueReader(Findings findings)
{
    public LayoutValue Read(SpecValue field)
    {
        var type = ValueTypes.Parse(field.Text("type"));
        var isNumber = ValueTypes.IsNumber(type);
        var isTemporal = ValueTypes.IsTemporal(type);
        Refuse(field, "sign", !isNumber, "integer, decimal");
        Refuse(field, "implied", type != ValueType.Decimal, "decimal");
        Refuse(field, "in", !isTemporal, "date, time, datetime");
        Refuse(field, "one_of", isNumber || isTemporal, "text");
        var forms = isTemporal ? Forms(field, type) : [];
        return new LayoutValue
        {
            At = field.At,
            Type = type,
            Implied = field.Find("implied") is { } implied ? (int)implied.Integer : null,
            Sign = field.Text("sign") switch { "trailing" => SignPlace.Trailing, "overpunch" => SignPlace.Overpunch, "none" => SignPlace.None, _ => SignPlace.Leading },
            Missing = new Utf8Table([.. field.Texts("missing").Distinct(StringComparer.Ordinal)]),
            OneOf = field.Has("one_of") ? new Utf8Table([.. field.Texts("one_of").Distinct(StringComparer.Ordinal)]) : null,
            Reads = isTemporal ? new TemporalRule(Kind(type), forms, null, null) : null,
            Writes = isTemporal ? new TemporalRule(Kind(type), [], forms.FirstOrDefault(), null) : null,
            IsRequired = field.Boolean("required"),
            IsSecret = field.Boolean("secret"),
        };
    }

    private List<TemporalPattern> Forms(SpecValue field, ValueType type)
    {
        var forms = new List<TemporalPattern>();
        foreach (var item in field.List("in"))
        {
            var form = TemporalPattern.Parse(item.Text, out var wrong);
            if (form is null)
            {
                findings.Error("MAP214", item.At, item.Path, ("pattern", item.Text), ("wrong", wrong.Length == 0 ? item.Text : wrong));
                continue;
            }

            forms.Add(form);
            var fits = type switch
            {
                ValueType.Date => form.HasDay,
                ValueType.Time => form.HasHour && !form.HasAnyDate,
                _ => form.HasDay && form.HasHour,
            };
            if (!fits || form.HasOffset) findings.Error("MAP215", item.At, item.Path, ("pattern", item.Text), ("type", TemporalParts.Word(Kind(type))));
        }

        return forms;
    }

    private void Refuse(SpecValue field, string key, bool isWrong, string types)
    {
        if (isWrong && field.Has(key)) findings.Error("FMT262", field.Find(key)!.KeyAt, field.PathOf(key), ("key", key), ("types", types), ("type", field.Text("type")));
    }

    private static TemporalKind Kind(ValueType type) => type switch
    {
        ValueType.Date => TemporalKind.Date,
        ValueType.Time => TemporalKind.Time,
        _ => TemporalKind.DateTime,
    };
}
