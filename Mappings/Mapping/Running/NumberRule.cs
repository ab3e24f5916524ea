using System.Text;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Mappings.Formats.Json;

namespace Mappings.Mapping.Running;

/// <summary>Types integer, decimal and number, and <c>scale</c>. Digits that need no change are copied, however many there are.</summary>
internal sealed class NumberRule(ValueType type, int? scale, Rounding rounding)
{
    private const int MaxDigits = 1_000;
    private const int NumberSpace = 80;

    /// <summary>Null for rounding up, which the library does not know.</summary>
    private readonly MidpointRounding? _mode = rounding switch
    {
        Rounding.HalfEven => MidpointRounding.ToEven,
        Rounding.Down => MidpointRounding.ToZero,
        Rounding.Up => null,
        _ => MidpointRounding.AwayFromZero,
    };

    /// <summary>A computed decimal that gets its scale: written without going through its text.</summary>
    public void WriteScaled(in Value number, Utf8JsonOutput output) => output.EndRaw(Write(number, scale!.Value, output.BeginRaw(NumberSpace)));

    /// <summary>True when all that happens to a decimal is its rounding.</summary>
    public bool OnlyScales => type == ValueType.Decimal && scale is not null;

    public ValueFault? Convert(ref Scalar scalar, MappingRun run)
    {
        if (scalar.Kind == ValueKind.Text)
        {
            if (!IsNumber(scalar.Utf8)) return new ValueFault("DAT310");
            scalar.Utf8 = WithoutZeros(scalar.Utf8, run);
        }
        else if (scalar.Kind != ValueKind.Number) return new ValueFault("DAT310");

        scalar.Kind = ValueKind.Number;
        var hasExponent = scalar.Utf8.IndexOfAny((byte)'e', (byte)'E') >= 0;
        if (hasExponent && !Numbers.IsFinite(Numbers.Parse(scalar.Utf8))) return new ValueFault("DAT310");
        if (type == ValueType.Number) return null;
        if (scalar.IsBinary) return new ValueFault("DAT312");
        return type == ValueType.Integer ? Whole(ref scalar, run, hasExponent) : scale is { } digits ? Scaled(ref scalar, run, digits) : null;
    }

    private static ValueFault? Whole(ref Scalar scalar, MappingRun run, bool hasExponent)
    {
        if (!hasExponent && scalar.Utf8.IndexOf((byte)'.') < 0) return null;
        var number = Numbers.Parse(scalar.Utf8);
        if (!Numbers.IsWhole(number)) return new ValueFault("DAT314");
        if (number.Tag == Tag.Double) return new ValueFault("DAT312");
        if (!Numbers.TryBig(number, out var whole)) return new ValueFault("DAT314");
        scalar.Utf8 = Ascii(whole.ToString(System.Globalization.CultureInfo.InvariantCulture), run);
        return null;
    }

    private ValueFault? Scaled(ref Scalar scalar, MappingRun run, int digits)
    {
        var number = scalar.Computed is { } computed ? new Value(computed) : Numbers.Parse(scalar.Utf8);
        if (number.Tag == Tag.Double) return new ValueFault("DAT312");
        if (number.Tag == Tag.Big)
        {
            var whole = number.Big.ToString(System.Globalization.CultureInfo.InvariantCulture);
            scalar.Utf8 = Ascii(digits == 0 ? whole : whole + "." + new string('0', digits), run);
            return null;
        }

        var room = run.Room(NumberSpace);
        scalar.Utf8 = room[..Write(number, digits, room)];
        return null;
    }

    private int Write(in Value number, int places, Span<byte> room)
    {
        if (_mode is { } mode && Digits.Of(number).Round(places, mode) is { IsNone: false } digits) return NumberText.WriteFixed(digits, places, room);
        var rounded = Round(number.Decimal, places);

        // Zero has a sign in decimal; -0.00 would surprise the receiver.
        if (rounded == 0) rounded = 0;
        return NumberText.WriteFixed(rounded, places, room);
    }

    private decimal Round(decimal value, int digits)
    {
        if (value.Scale <= digits) return value;
        if (_mode is { } mode) return decimal.Round(value, digits, mode);
        var down = decimal.Round(value, digits, MidpointRounding.ToZero);
        return down == value ? value : down + new decimal(1, 0, 0, value < 0, (byte)digits);
    }

    /// <summary>A JSON number that may begin with zeros, as codes and amounts of old systems do.</summary>
    internal static bool IsNumber(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxDigits) return false;
        var at = utf8[0] == '-' ? 1 : 0;
        if (!SkipDigits(utf8, ref at)) return false;
        if (at < utf8.Length && utf8[at] == '.')
        {
            at++;
            if (!SkipDigits(utf8, ref at)) return false;
        }

        if (at < utf8.Length && (utf8[at] | 0x20) == 'e')
        {
            at++;
            if (at < utf8.Length && utf8[at] is (byte)'+' or (byte)'-') at++;
            if (!SkipDigits(utf8, ref at)) return false;
        }

        return at == utf8.Length;
    }

    private static bool SkipDigits(ReadOnlySpan<byte> utf8, ref int at)
    {
        var start = at;
        while (at < utf8.Length && utf8[at] is >= (byte)'0' and <= (byte)'9') at++;
        return at > start;
    }

    private static ReadOnlySpan<byte> WithoutZeros(ReadOnlySpan<byte> utf8, MappingRun run)
    {
        var sign = utf8[0] == '-' ? 1 : 0;
        var at = sign;
        while (at + 1 < utf8.Length && utf8[at] == '0' && utf8[at + 1] is >= (byte)'0' and <= (byte)'9') at++;
        if (at == sign) return utf8;
        if (sign == 0) return utf8[at..];
        var room = run.Room(utf8.Length);
        room[0] = (byte)'-';
        utf8[at..].CopyTo(room[1..]);
        return room[..(utf8.Length - at + 1)];
    }

    private static ReadOnlySpan<byte> Ascii(string digits, MappingRun run)
    {
        var room = run.Room(digits.Length);
        return room[..Encoding.ASCII.GetBytes(digits, room)];
    }
}
