using System.Text.RegularExpressions;
using Mappings.Contracts.Sources;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Contracts;

/// <summary>Reads <c>contracts/NAME.yaml</c>: a subset of JSON Schema 2020-12. A keyword outside the subset is an error, so that nothing is believed checked that is not.</summary>
public sealed class ContractFile
{
    private static readonly (string Key, ContractKinds Kinds)[] KeyKinds =
    [
        ("properties", ContractKinds.Object), ("required", ContractKinds.Object), ("additionalProperties", ContractKinds.Object),
        ("items", ContractKinds.Array), ("minItems", ContractKinds.Array), ("maxItems", ContractKinds.Array),
        ("pattern", ContractKinds.Text), ("minLength", ContractKinds.Text), ("maxLength", ContractKinds.Text), ("format", ContractKinds.Text),
        ("minimum", ContractKinds.Number | ContractKinds.Integer), ("maximum", ContractKinds.Number | ContractKinds.Integer),
    ];

    private readonly Findings _findings;

    private ContractFile(Findings findings) => _findings = findings;

    /// <summary>The keys of a contract file.</summary>
    public static ObjectSpec Spec => ContractSpecs.File;

    /// <summary>The keys of a value inside a contract.</summary>
    public static ObjectSpec ShapeSpec => ContractSpecs.Shape;

    /// <returns>The contract, or null when <paramref name="findings"/> received an error.</returns>
    public static ContractDefinition? Read(YamlNode root, Findings findings)
    {
        var own = new Findings();
        ContractDefinition? contract = null;
        if (SpecReader.Read(root, ContractSpecs.File, own) is { } file)
        {
            var shape = new ContractFile(own).Shape(file);
            contract = new ContractDefinition(file.Text("contract"), root.Position.File, shape) { IsInferred = file.Boolean("inferred") };
        }

        findings.AddRange(own);
        return own.HasErrors ? null : contract;
    }

    /// <summary>Reads <c>contracts/NAME.csv</c>: names of the columns, their types, and in a third row <c>required</c> or <c>optional</c>.</summary>
    /// <returns>The contract, or null when <paramref name="findings"/> received an error.</returns>
    public static ContractDefinition? ReadCsv(string name, string file, ReadOnlyMemory<byte> csv, Findings findings) =>
        CsvContract.Read(file, csv, findings) is { } record ? new ContractDefinition(name, file, record.ToShape()) : null;

    /// <summary>Reads <c>contracts/NAME.xsd</c> as the hub reads XML: attributes with the prefix <c>_</c>, text beside them as <c>_text</c>.</summary>
    /// <returns>The contract, or null when <paramref name="findings"/> received an error.</returns>
    public static ContractDefinition? ReadXsd(string name, string file, ReadOnlyMemory<byte> xsd, Findings findings)
    {
        if (XsdContract.Read(file, xsd, findings) is not { } elements) return null;
        var shapes = elements.ToDictionary(e => e.Key, e => e.Value.ToShape(), StringComparer.Ordinal);
        return new ContractDefinition(name, file, shapes[XsdContract.RootOf(elements, name)]) { Elements = shapes };
    }

    private ContractShape Shape(SpecValue value)
    {
        var kinds = Kinds(value);
        foreach (var (key, applies) in KeyKinds)
        {
            var isNumericText = key is "minimum" or "maximum" && (kinds & ContractKinds.Text) != 0 && value.TextOrNull("format") is "integer" or "decimal";
            if (value.Has(key) && (kinds & applies) == 0 && !isNumericText)
                _findings.Error("MAP263", value.Find(key)!.KeyAt, value.PathOf(key), ("key", key), ("kinds", Word(applies)), ("type", new ContractShape { Kinds = kinds, At = value.At }.KindsText));
        }

        var members = Members(value);
        var required = Required(value, members);
        return new ContractShape
        {
            Kinds = kinds,
            At = value.At,
            Members = members,
            Required = required,
            Samples = value.ObjectOrNull("samples") is { } samples ? new ContractSamples(samples.Integer("seen"), samples.Integer("absent")) : null,
            AllowsOtherMembers = value.Find("additionalProperties")?.Boolean ?? true,
            Items = value.Find("items") is { } items ? Inner(items) : null,
            MinItems = Count(value, "minItems"),
            MaxItems = Count(value, "maxItems"),
            MinLength = Count(value, "minLength"),
            MaxLength = Count(value, "maxLength"),
            Minimum = value.Find("minimum")?.Decimal,
            Maximum = value.Find("maximum")?.Decimal,
            Format = ContractFormats.Parse(value.TextOrNull("format")),
            Pattern = value.TextOrNull("pattern"),
            PatternRegex = Pattern(value),
            Enum = value.Has("enum") ? new ContractEnum([.. value.List("enum").Select(i => i.Constant)]) : null,
        };
    }

    private List<KeyValuePair<string, ContractShape>> Members(SpecValue value)
    {
        var members = new List<KeyValuePair<string, ContractShape>>();
        foreach (var (name, item) in value.Map("properties"))
        {
            if (Inner(item) is { } shape) members.Add(KeyValuePair.Create(name, shape));
        }

        return members;
    }

    private ContractShape? Inner(SpecItem item) =>
        SpecReader.Read(item.Node, ContractSpecs.Shape, _findings, path: item.Path) is { } value ? Shape(value) : null;

    private HashSet<string> Required(SpecValue value, List<KeyValuePair<string, ContractShape>> members)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in value.List("required"))
        {
            required.Add(item.Text);
            if (value.Map("properties").ContainsKey(item.Text)) continue;
            var near = NameSuggestion.Closest(item.Text, members.Select(m => m.Key));
            _findings.Error(near is null ? "MAP261" : "MAP262", item.At, item.Path, ("name", item.Text), ("suggestion", near ?? string.Empty));
        }

        return required;
    }

    private Regex? Pattern(SpecValue value)
    {
        if (value.Find("pattern") is not { } pattern) return null;
        return PatternText.Compile(pattern.Text, whole: false, pattern.At, pattern.Path, _findings);
    }

    private static ContractKinds Kinds(SpecValue value)
    {
        if (!value.Has("type")) return ContractKinds.Any;
        var kinds = ContractKinds.None;
        foreach (var word in value.Texts("type"))
        {
            kinds |= word switch
            {
                "object" => ContractKinds.Object,
                "array" => ContractKinds.Array,
                "string" => ContractKinds.Text,
                "number" => ContractKinds.Number,
                "integer" => ContractKinds.Integer,
                "boolean" => ContractKinds.Boolean,
                _ => ContractKinds.Null,
            };
        }

        return kinds;
    }

    private static string Word(ContractKinds applies) => ContractShape.Word(applies == (ContractKinds.Number | ContractKinds.Integer) ? ContractKinds.Number : applies);

    private static int? Count(SpecValue value, string key) => value.Find(key) is { } item ? (int)item.Integer : null;
}
