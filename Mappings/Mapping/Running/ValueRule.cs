using System.Globalization;
using System.Text;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Lookups;
using Mappings.Mapping.Tracing;

namespace Mappings.Mapping.Running;

/// <summary>What happens to one value: trim, map or lookup, xref, type, limits. What stands outside of it (null, default, required) is the field's.</summary>
internal sealed class ValueRule
{
    private const int ShownKeys = 12;

    private readonly FieldRules _rules;
    private readonly LookupTable? _table;
    private readonly Value _else;
    private readonly NumberRule? _number;
    private readonly int _temporalLength;
    private readonly AllowedValues? _allowed;
    private readonly XrefRule? _xref;

    /// <param name="lookup">The table that <see cref="FieldRules.Lookup"/> names; null when the field has none.</param>
    /// <param name="text">Where the value comes from, for what is said about it.</param>
    public ValueRule(FieldRules rules, LookupTable? lookup, Evaluation text)
    {
        _xref = rules.Xref is { } xref ? new XrefRule(xref, text) : null;
        _rules = rules;
        _table = rules.Map is { } map ? new LookupTable(string.Empty, map) : lookup;
        _else = rules.Else is { } otherwise ? ConstantPool.One(otherwise) : Value.Missing;
        _number = ValueTypes.IsNumber(rules.Type) ? new NumberRule(rules.Type, rules.Scale, rules.Rounding) : null;
        _temporalLength = rules.Temporal?.MaxLength ?? 0;
        _allowed = rules.OneOf is { } allowed ? new AllowedValues(allowed) : null;
        NeedsScalar = _table is not null || _xref is not null || rules.Type != ValueType.Any || rules.MaxLength is not null || rules.PatternRegex is not null || _allowed is not null;
    }

    /// <summary>False when lists and objects may be copied as they are.</summary>
    public bool NeedsScalar { get; }

    /// <summary>True when every text, number and boolean is written as it is.</summary>
    public bool KeepsScalars => !NeedsScalar && !_rules.Trim && !_rules.EmptyIsMissing;

    /// <summary>Rounds computed decimals and does nothing else to them; null when the rules are others.</summary>
    public NumberRule? OnlyScale => _number is { OnlyScales: true } && _table is null && _xref is null && _allowed is null ? _number : null;

    /// <summary>A scalar whose kind is null afterwards became null by the table.</summary>
    /// <param name="isEmpty">True when an empty text counts as no value.</param>
    public ValueFault? Apply(ref Scalar scalar, MappingRun run, out bool isEmpty)
    {
        isEmpty = false;
        if (scalar.Kind == ValueKind.Text)
        {
            if (_rules.Trim) scalar.Utf8 = Trim(scalar.Utf8);
            isEmpty = _rules.EmptyIsMissing && scalar.Utf8.IsEmpty;
            if (isEmpty) return null;
        }

        if (_table is not null && Translate(ref scalar, run) is { } miss) return miss;
        if (scalar.Kind == ValueKind.Null) return null;
        if (_xref is not null && _xref.Apply(ref scalar, run) is { } absent) return absent;
        return run.Trace is { } trace ? Traced(ref scalar, run, trace) : Type(ref scalar, run) ?? Limit(ref scalar);
    }

    private ValueFault? Traced(ref Scalar scalar, MappingRun run, MappingTrace trace)
    {
        var before = scalar;
        // A computed text stands in a buffer that the conversion writes over.
        before.Utf8 = scalar.Utf8.ToArray();
        if (Type(ref scalar, run) is { } fault) return fault;
        trace.Changed("trace.type", before, scalar, ("type", ValueTypes.Word(_rules.Type)));
        before.Utf8 = scalar.Utf8.ToArray();
        before.Kind = scalar.Kind;
        if (Limit(ref scalar) is { } limit) return limit;
        trace.Changed("trace.cut", before, scalar);
        return null;
    }

    /// <summary>White space as Unicode counts it: an ideographic space at the end of a name is as invisible as any.</summary>
    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty && Rune.DecodeFromUtf8(utf8, out var first, out var length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(first)) utf8 = utf8[length..];
        while (!utf8.IsEmpty && Rune.DecodeLastFromUtf8(utf8, out var last, out var length) == System.Buffers.OperationStatus.Done && Rune.IsWhiteSpace(last)) utf8 = utf8[..^length];
        return utf8;
    }

    private ValueFault? Translate(ref Scalar scalar, MappingRun run)
    {
        var value = _table!.Find(scalar.Utf8);
        var isElse = value.IsMissing;
        if (isElse) value = _else;
        if (value.IsMissing) return Miss(scalar.Utf8);
        var before = scalar;
        Scalar.TryLoad(value, run, out scalar);
        run.Trace?.Translated(before, scalar, _table.Name, isElse);
        return null;
    }

    private ValueFault Miss(ReadOnlySpan<byte> key)
    {
        var hint = _rules.IsSecret ? string.Empty : NameSuggestion.Hint(_table!.Nearest(Encoding.UTF8.GetString(key)));
        return _table!.Name.Length > 0
            ? new ValueFault("LKP401", ("table", _table.Name), ("hint", hint))
            : new ValueFault("DAT320", ("known", Listed(_table.Keys)), ("hint", hint));
    }

    private ValueFault? Type(ref Scalar scalar, MappingRun run)
    {
        if (_number is not null) return _number.Convert(ref scalar, run);
        switch (_rules.Type)
        {
            case ValueType.Any:
                return null;
            case ValueType.Text:
                // Digits and the words true and false hold nothing that JSON escapes.
                scalar.IsVerbatim |= scalar.Kind != ValueKind.Text;
                scalar.Kind = ValueKind.Text;
                return null;
            case ValueType.Boolean:
                if (scalar.Kind == ValueKind.Number || !(scalar.Utf8.SequenceEqual("true"u8) || scalar.Utf8.SequenceEqual("false"u8))) return new ValueFault("DAT315");
                scalar.Kind = ValueKind.Boolean;
                return null;
            case ValueType.Binary:
                return BinaryRule.Check(ref scalar, _rules.MaxLength);
            default:
                return Temporal(ref scalar, run);
        }
    }

    private ValueFault? Temporal(ref Scalar scalar, MappingRun run)
    {
        scalar.Kind = ValueKind.Text;
        if (_rules.Temporal!.MayCopy(scalar.Utf8)) return null;
        var room = run.Room(_temporalLength);
        var fault = _rules.Temporal.Convert(scalar.Utf8, room, out var written);
        scalar.Utf8 = room[..written];
        scalar.IsVerbatim = false;
        return fault is null ? null : new ValueFault(fault.Code, fault.Arguments);
    }

    private ValueFault? Limit(ref Scalar scalar)
    {
        if (_rules.MaxLength is { } most && _rules.Type != ValueType.Binary && PatternText.Length(scalar.Utf8) is var length && length > most)
        {
            if (!_rules.CutsTooLong) return new ValueFault("DAT330", ("length", Text(length)), ("limit", Text(most)));
            scalar.Utf8 = Cut(scalar.Utf8, most);
        }

        if (_rules.PatternRegex is { } regex && !PatternText.IsMatch(regex, scalar.Utf8)) return new ValueFault("DAT331", ("pattern", _rules.Pattern!));
        if (_allowed is null || _allowed.Contains(scalar)) return null;
        var near = _rules.IsSecret ? null : NameSuggestion.Closest(Encoding.UTF8.GetString(scalar.Utf8), _allowed.Names);
        return new ValueFault("DAT321", ("known", Listed(_allowed.Names)), ("hint", NameSuggestion.Hint(near)));
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> utf8, int characters)
    {
        var at = 0;
        for (var i = 0; i < characters; i++)
        {
            at++;
            while (at < utf8.Length && (utf8[at] & 0xC0) == 0x80) at++;
        }

        return utf8[..at];
    }

    internal static string Listed(IReadOnlyList<string> names) =>
        names.Count <= ShownKeys ? string.Join(", ", names) : string.Join(", ", names.Take(ShownKeys)) + ", …";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
