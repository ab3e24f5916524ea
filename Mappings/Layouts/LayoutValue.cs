using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Lookups;
using Mappings.Mapping;
using Mappings.Mapping.Temporal;
using Mappings.Yaml;
using ValueType = Mappings.Mapping.ValueType;

namespace Mappings.Layouts;

/// <summary>What a field's text means, in whatever layout it stands. Immutable.</summary>
internal sealed class LayoutValue
{
    public required SourcePosition At { get; init; }

    /// <summary>Text, integer, decimal, date, time or datetime.</summary>
    public required ValueType Type { get; init; }

    /// <summary>Digits behind a decimal point that is not written; null when it is written.</summary>
    public int? Implied { get; init; }

    public SignPlace Sign { get; init; }

    /// <summary>Texts that mean no value, besides blank.</summary>
    public Utf8Table Missing { get; init; } = new([]);

    /// <summary>The only texts that are allowed; null when all are.</summary>
    public Utf8Table? OneOf { get; init; }

    /// <summary>From the file's form to ISO 8601; null unless <see cref="Type"/> tells time.</summary>
    public TemporalRule? Reads { get; init; }

    /// <summary>From ISO 8601 to the file's first form; null unless <see cref="Type"/> tells time.</summary>
    public TemporalRule? Writes { get; init; }

    public bool IsRequired { get; init; }

    public bool IsSecret { get; init; }

    public bool IsNumber => ValueTypes.IsNumber(Type);

    public ContractShape Shape => new()
    {
        At = At,
        Kinds = Type switch { ValueType.Integer => ContractKinds.Integer, ValueType.Decimal => ContractKinds.Number, _ => ContractKinds.Text },
        Format = Type == ValueType.Date ? ContractFormat.Date : ContractFormat.None,
        Enum = OneOf is null || IsNumber ? null : new ContractEnum([.. OneOf.Names.Select(n => new YamlConstant(YamlConstantKind.Text, n))]),
    };
}
