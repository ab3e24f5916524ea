using System.Globalization;
using Mappings.Formats;
using ValueType = Mappings.Mapping.ValueType;

namespace Mappings.Layouts;

/// <summary>Turns the text of a field into its value, and a value into text. Reused from field to field, one thread at a time.</summary>
internal sealed class LayoutText(ReaderOptions limits)
{
    private const NumberStyles Written = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private byte[] _scratch = new byte[64];

    /// <summary>The text as a value: digits of a JSON number, ISO 8601, or the text itself.</summary>
    /// <param name="text">UTF-8 without pads, not empty.</param>
    /// <param name="mark">What stands for the decimal point.</param>
    /// <param name="result">Valid until the next call.</param>
    public LayoutFault? Read(LayoutValue value, ReadOnlySpan<byte> text, byte mark, out ReadOnlySpan<byte> result)
    {
        result = text;
        if (value.IsNumber) return ReadNumber(value, text, mark, out result);
        if (value.Reads is { } rule)
        {
            if (rule.MayCopy(text)) return null;
            Reserve(rule.MaxLength);
            if (rule.Convert(text, _scratch, out var written) is { } fault) return new LayoutFault(fault.Code, fault.Arguments);
            result = _scratch.AsSpan(0, written);
        }
        else if (value.OneOf is { } allowed && allowed.IndexOf(text) < 0) return new LayoutFault("FMT247", ("known", string.Join(", ", allowed.Names)));

        return null;
    }

    /// <summary>A value as the text of the field.</summary>
    /// <param name="text">UTF-8: digits of a JSON number, ISO 8601, or a text.</param>
    /// <param name="width">Places of the field, for zeros in front of a trailing sign; 0 where fields have no width.</param>
    /// <param name="result">Valid until the next call.</param>
    public LayoutFault? Write(LayoutValue value, ReadOnlySpan<byte> text, byte mark, int width, out ReadOnlySpan<byte> result)
    {
        result = text;
        if (value.IsNumber) return WriteNumber(value, text, mark, width, out result);
        if (value.Writes is { } rule)
        {
            Reserve(rule.MaxLength);
            if (rule.Convert(text, _scratch, out var written) is { } fault) return new LayoutFault(fault.Code, fault.Arguments);
            result = _scratch.AsSpan(0, written);
        }
        else if (value.OneOf is { } allowed && allowed.IndexOf(text) < 0) return new LayoutFault("FMT247", ("known", string.Join(", ", allowed.Names)));

        return null;
    }

    private LayoutFault? ReadNumber(LayoutValue value, ReadOnlySpan<byte> text, byte mark, out ReadOnlySpan<byte> result)
    {
        result = default;
        Reserve(text.Length + 32);
        var isNegative = TakeSign(value.Sign, ref text, out var lastDigit);
        var point = value.Type == ValueType.Decimal && value.Implied is null ? text.IndexOf(mark) : -1;
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        var digits = whole.Length + fraction.Length + (lastDigit == 0 ? 0 : 1);
        if (digits > limits.MaxNumberDigits) return new LayoutFault("LIM522", ("limit", Limits.Number(limits.MaxNumberDigits)));
        if (digits == 0 || whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return new LayoutFault("FMT241");

        // The digits in a row behind room for a sign, a zero and a point; then the point is moved in.
        var all = _scratch.AsSpan(0, digits + 32);
        var behind = value.Implied ?? fraction.Length;
        var start = 2 + Math.Max(0, behind + 1 - digits);
        all[..start].Fill((byte)'0');
        whole.CopyTo(all[start..]);
        fraction.CopyTo(all[(start + whole.Length)..]);
        if (lastDigit != 0) all[start + digits - 1] = lastDigit;
        var end = start + digits;
        isNegative &= all[..end].ContainsAnyExcept((byte)'0');
        if (behind > 0)
        {
            all[(end - behind)..end].CopyTo(all[(end - behind + 1)..]);
            all[end - behind] = (byte)'.';
            end++;
        }

        var first = all[..end].IndexOfAnyExcept((byte)'0');
        var lastWhole = end - 1 - (behind > 0 ? behind + 1 : 0);
        if (first < 0 || first > lastWhole) first = lastWhole;
        if (isNegative) all[--first] = (byte)'-';
        result = all[first..end];
        return null;
    }

    /// <returns>True for a negative number.</returns>
    /// <param name="lastDigit">The digit an overpunched character stands for, which is taken off; 0 when there is none.</param>
    private static bool TakeSign(SignPlace place, ref ReadOnlySpan<byte> text, out byte lastDigit)
    {
        lastDigit = 0;
        switch (place)
        {
            case SignPlace.Leading when text.Length > 0 && text[0] is (byte)'-' or (byte)'+':
                var minus = text[0] == '-';
                text = text[1..];
                return minus;
            case SignPlace.Trailing when text.Length > 0 && text[^1] is (byte)'-' or (byte)'+':
                minus = text[^1] == '-';
                text = text[..^1];
                return minus;
            case SignPlace.Overpunch when text.Length > 0 && Overpunch.TryRead(text[^1], out lastDigit, out minus):
                text = text[..^1];
                return minus;
            default:
                return false;
        }
    }

    private LayoutFault? WriteNumber(LayoutValue value, ReadOnlySpan<byte> text, byte mark, int width, out ReadOnlySpan<byte> result)
    {
        result = default;
        // A longer number would be rounded without a word.
        if (Significant(text) > 28 || !decimal.TryParse(text, Written, CultureInfo.InvariantCulture, out var number)) return new LayoutFault("FMT241");
        var places = value.Type == ValueType.Integer ? 0 : value.Implied;
        if (places is { } most && decimal.Round(number, most) != number) return new LayoutFault("FMT278", ("places", most.ToString(CultureInfo.InvariantCulture)));
        var isNegative = number < 0;
        if (isNegative && value.Sign == SignPlace.None) return new LayoutFault("FMT241");
        var form = places is { } fixedPlaces ? Math.Abs(number).ToString("F" + fixedPlaces, CultureInfo.InvariantCulture) : Math.Abs(number).ToString(CultureInfo.InvariantCulture);
        if (value.Implied is not null) form = form.Replace(".", "", StringComparison.Ordinal);
        if (mark != '.') form = form.Replace('.', (char)mark);
        if (value.Sign == SignPlace.Overpunch) form = form[..^1] + (char)Overpunch.Write(form[^1], isNegative);
        else if (isNegative && value.Sign == SignPlace.Trailing) form = form.PadLeft(Math.Max(0, width - 1), '0') + "-";
        else if (isNegative) form = "-" + form.PadLeft(Math.Max(0, width - 1), '0');
        Reserve(form.Length);
        for (var i = 0; i < form.Length; i++) _scratch[i] = (byte)form[i];
        result = _scratch.AsSpan(0, form.Length);
        return null;
    }

    private static int Significant(ReadOnlySpan<byte> number)
    {
        var exponent = number.IndexOfAny((byte)'e', (byte)'E');
        var digits = (exponent < 0 ? number : number[..exponent]).TrimStart("-0."u8);
        return digits.Length - digits.Count((byte)'.');
    }

    private void Reserve(int length)
    {
        if (_scratch.Length < length) _scratch = new byte[length];
    }
}
