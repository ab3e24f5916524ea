using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Mappings.Formats.Json;

namespace Mappings.Mapping.Running;

/// <summary>Takes a value through its field's rules and writes it: null, default, required and <c>on_error</c> are decided here.</summary>
internal sealed class ValueWriter
{
    private readonly FieldRules _rules;
    private readonly Evaluation _text;
    private readonly ValueRule _rule;
    private readonly byte[]? _default;
    private readonly bool _keepsScalars;
    private readonly NumberRule? _scale;

    public ValueWriter(FieldRules rules, Evaluation text, ValueRule rule)
    {
        _rules = rules;
        _text = text;
        _rule = rule;
        _keepsScalars = rule.KeepsScalars;
        _scale = rule.OnlyScale;
        _default = rules.Default is { } constant ? ConstantField.Encode(constant) : null;
    }

    /// <param name="input">What the field's text was evaluated on.</param>
    /// <param name="name">Null for an element of a list.</param>
    /// <returns>False when nothing was written.</returns>
    public bool Write(MappingRun run, in Value input, in Value value, JsonName? name)
    {
        if (name is not null && run.Trace is null && TryWrite(run.Output, value, name)) return true;
        if (Scalar.TryLoad(value, run, out var scalar))
        {
            var fault = _rule.Apply(ref scalar, run, out var isEmpty);
            if (fault is not null) return Refuse(run, value, fault, name);
            if (isEmpty) return None(run, input, value, name, isEmpty: true);
            if (scalar.Kind == ValueKind.Null) return _rules.KeepsNull ? Raw(run, "null"u8, name) : None(run, input, Value.Null, name, isEmpty: false);
            if (name is not null) run.Output.Name(name);
            scalar.Write(run.Output);
            return true;
        }

        if (value.IsNull && _rules.KeepsNull) return Raw(run, "null"u8, name);
        if (value.IsMissing || value.IsNull) return None(run, input, value, name, isEmpty: false);
        if (value.IsSequenceOfMany) return Bad(run, _text.Fault(run, value, "DAT332", ("count", value.Count.ToString(CultureInfo.InvariantCulture))), name);
        if (_rule.NeedsScalar || value.IsFunction) return Bad(run, _text.Fault(run, value, "DAT323", ("found", _text.Found(value))), name);
        return Copy(run, value, name);
    }

    /// <summary>A value that does not fit, or could not be computed.</summary>
    public bool Bad(MappingRun run, Finding finding, JsonName? name)
    {
        // A record that spends too much goes on spending: leaving the field out would not help.
        if (_rules.OnError == BadValue.Fail || finding.Code.StartsWith("LIM", StringComparison.Ordinal) || finding.Code == "D1012")
        {
            run.Report(finding);
            return false;
        }

        run.Report(finding with { Severity = Severity.Warning });
        run.Trace?.Note(_rules.OnError == BadValue.Default ? "trace.default" : "trace.dropped");
        return _rules.OnError == BadValue.Default && Raw(run, _default, name);
    }

    /// <summary>What no rule touches goes from tape to output in one step, and a computed decimal without its text in between.</summary>
    private bool TryWrite(Utf8JsonOutput output, in Value value, JsonName name)
    {
        switch (value.Tag)
        {
            case Tag.TapeText when _keepsScalars && value.Tape.IsVerbatim(value.Node):
                output.VerbatimMember(name, value.Tape.Utf8(value.Node));
                return true;
            case Tag.RawNumber when _keepsScalars:
                output.RawMember(name, value.Tape.Utf8(value.Node));
                return true;
            case Tag.Decimal when _keepsScalars:
                output.Name(name);
                value.WriteTo(output);
                return true;
            case Tag.Decimal when _scale is not null:
                output.Name(name);
                _scale.WriteScaled(value, output);
                return true;
            default:
                return false;
        }
    }

    private bool Refuse(MappingRun run, in Value value, ValueFault fault, JsonName? name)
    {
        if (!fault.IsLeftOut) return Bad(run, Describe(run, value, fault), name);
        if (fault != ValueFault.Unknown) run.Report(Describe(run, value, fault) with { Severity = Severity.Warning });
        return false;
    }

    private bool None(MappingRun run, in Value input, in Value value, JsonName? name, bool isEmpty)
    {
        if (_default is not null)
        {
            run.Trace?.Note("trace.default");
            return Raw(run, _default, name);
        }

        if (_rules.IsRequired) run.Report(MissingValue.Describe(run, _text, input, value, isEmpty));
        else run.Trace?.Reported(MissingValue.Describe(run, _text, input, value, isEmpty) with { Severity = Severity.Warning });
        return false;
    }

    private Finding Describe(MappingRun run, in Value value, ValueFault fault) =>
        _text.Fault(run, value, fault.Code, [("found", _text.Found(value)), .. fault.Arguments]);

    private static bool Raw(MappingRun run, ReadOnlySpan<byte> json, JsonName? name)
    {
        if (name is not null) run.Output.Name(name);
        run.Output.Raw(json);
        return true;
    }

    private bool Copy(MappingRun run, in Value value, JsonName? name)
    {
        var start = run.Output.Mark;
        if (name is not null) run.Output.Name(name);
        try
        {
            value.WriteTo(run.Output);
            return true;
        }
        catch (MappingException error)
        {
            run.Output.Rewind(start);
            return Bad(run, error.Findings[0] with { At = run.PositionOf(value), Path = run.PathOf(_text.Path), Mapping = _text.At }, name);
        }
    }
}
