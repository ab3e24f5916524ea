using System.Globalization;
using System.Xml.Linq;
using Mappings.Yaml;

namespace Mappings.Contracts.Sources;

/// <summary>The simple types of an XSD: built-in ones, restrictions with their facets, lists and unions (which stay text).</summary>
internal sealed class XsdSimpleTypes(XsdContract schema)
{
    private const int MaximumDerivations = 32;

    // W3C XML Schema Part 2: an offset may be left out, and a day may carry one.
    private const string DateTime = @"^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$";
    private const string Time = @"^[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$";

    public ContractDraft BuiltIn(string name)
    {
        var draft = new ContractDraft { Kinds = ContractKinds.Text };
        switch (name)
        {
            case "integer" or "int" or "long" or "short" or "byte":
                draft.Format = ContractFormat.Integer;
                break;
            case "nonNegativeInteger" or "positiveInteger" or "unsignedInt" or "unsignedLong" or "unsignedShort" or "unsignedByte":
                draft.Format = ContractFormat.Integer;
                draft.Minimum = name == "positiveInteger" ? 1 : 0;
                break;
            case "negativeInteger" or "nonPositiveInteger":
                draft.Format = ContractFormat.Integer;
                draft.Maximum = name == "negativeInteger" ? -1 : 0;
                break;
            case "decimal" or "double" or "float":
                draft.Format = ContractFormat.Decimal;
                break;
            case "boolean":
                draft.Enum = [.. ((string[])["true", "false", "1", "0"]).Select(t => new YamlConstant(YamlConstantKind.Text, t))];
                break;
            case "date":
                draft.Format = ContractFormat.Date;
                break;
            case "dateTime":
                SetPattern(draft, DateTime, null);
                break;
            case "time":
                SetPattern(draft, Time, null);
                break;
        }

        return draft;
    }

    /// <param name="at">Where the name stands: it decides what a prefix means.</param>
    public ContractDraft Named(XElement at, string name, int depth = 0)
    {
        if (XsdContract.IsBuiltIn(at, name)) return BuiltIn(XsdContract.Local(name));
        if (schema.Global("simpleType", name) is { } type) return Read(type, depth + 1);
        schema.Report("MAP245", at, ("name", name));
        return new ContractDraft { Kinds = ContractKinds.Text };
    }

    public ContractDraft Read(XElement type, int depth = 0)
    {
        // A type that is derived from itself would never end.
        if (depth > MaximumDerivations || XsdContract.Child(type, "restriction") is not { } restriction) return new ContractDraft { Kinds = ContractKinds.Text };
        var draft = (string?)restriction.Attribute("base") is { } name
            ? Named(restriction, name, depth)
            : XsdContract.Child(restriction, "simpleType") is { } inner ? Read(inner, depth + 1) : new ContractDraft { Kinds = ContractKinds.Text };
        Facets(restriction, draft);
        return draft;
    }

    public void Facets(XElement restriction, ContractDraft draft)
    {
        var patterns = new List<string>();
        var values = new List<YamlConstant>();
        int? total = null, fraction = null;
        foreach (var facet in restriction.Elements())
        {
            var value = (string?)facet.Attribute("value") ?? string.Empty;
            switch (facet.Name.LocalName)
            {
                case "enumeration": values.Add(new YamlConstant(YamlConstantKind.Text, value)); break;
                case "pattern": patterns.Add(value); break;
                case "length": draft.MinLength = draft.MaxLength = Count(value); break;
                case "minLength": draft.MinLength = Count(value); break;
                case "maxLength": draft.MaxLength = Count(value); break;
                case "totalDigits": total = Count(value); break;
                case "fractionDigits": fraction = Count(value); break;
                case "minInclusive" when Number(value) is { } minimum && draft.Format is ContractFormat.Integer or ContractFormat.Decimal: draft.Minimum = minimum; break;
                case "maxInclusive" when Number(value) is { } maximum && draft.Format is ContractFormat.Integer or ContractFormat.Decimal: draft.Maximum = maximum; break;
                case "whiteSpace" or "annotation" or "simpleType" or "attribute": break;
                default: schema.Report("MAP244", facet, ("element", facet.Name.LocalName)); break;
            }
        }

        if (values.Count > 0) draft.Enum = values;
        if (patterns.Count > 0) SetPattern(draft, patterns.Count == 1 ? $"^({patterns[0]})$" : $"^({string.Join('|', patterns.Select(p => $"({p})"))})$", restriction);
        else if (Digits(total, fraction, draft.Format) is { } digits) SetPattern(draft, digits, restriction);
    }

    /// <summary>Digits in all and behind the point, as a pattern: for each count behind the point the rest may stand before it.</summary>
    private static string? Digits(int? total, int? fraction, ContractFormat format)
    {
        var behind = Math.Min(format == ContractFormat.Integer ? 0 : fraction ?? total ?? 0, 28);
        if (total is null) return fraction is null ? null : $@"^[+-]?[0-9]*(\.[0-9]{{0,{behind}}}0*)?$";
        if (total is < 1 or > 100) return null;
        var forms = new List<string> { $"[0-9]{{1,{total}}}" };
        for (var i = 1; i <= behind && i <= total; i++) forms.Add($@"[0-9]{{0,{total - i}}}\.[0-9]{{{i}}}0*");
        return $"^[+-]?0*({string.Join('|', forms)})$";
    }

    private void SetPattern(ContractDraft draft, string pattern, XElement? at)
    {
        draft.Pattern = pattern;
        draft.PatternRegex = schema.Pattern(pattern, at);
    }

    private static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
