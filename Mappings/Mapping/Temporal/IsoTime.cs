namespace Mappings.Mapping.Temporal;

/// <summary>
/// Reads ISO 8601 in the profile of RFC 3339, and a little wider: the seconds and the offset may be absent, a space may
/// stand for the <c>T</c>, and the offset may come without its colon.
/// </summary>
internal static class IsoTime
{
    public const string DateForm = "yyyy-MM-dd";
    public const string TimeForm = "HH:mm:ss";
    public const string DateTimeForm = "yyyy-MM-ddTHH:mm:ss";
    public const string MomentForm = "yyyy-MM-ddTHH:mm:ssK";

    /// <summary>Null for a day that exists, written as <c>2024-02-29</c>.</summary>
    public static TemporalFault? CheckDate(ReadOnlySpan<byte> utf8)
    {
        var parts = new TemporalParts();
        return utf8.Length == 10 && TryDate(ref utf8, ref parts) ? parts.Check(TemporalKind.Date, DateForm) : TemporalParts.Unreadable(TemporalKind.Date, DateForm);
    }

    /// <summary>Null for a moment that exists, with seconds, and with an offset or <c>Z</c>.</summary>
    public static TemporalFault? CheckMoment(ReadOnlySpan<byte> utf8)
    {
        var parts = new TemporalParts();
        return utf8.Length >= 20 && utf8[16] == ':' && TryRead(utf8, ref parts) && parts.HasOffset
            ? parts.Check(TemporalKind.Instant, MomentForm)
            : TemporalParts.Unreadable(TemporalKind.Instant, MomentForm);
    }

    /// <summary>A day, with or without time and offset.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, ref TemporalParts parts)
    {
        if (!TryDate(ref utf8, ref parts)) return false;
        if (utf8.IsEmpty) return true;
        if (utf8[0] is not ((byte)'T' or (byte)' ')) return false;
        utf8 = utf8[1..];
        return TryClock(ref utf8, ref parts) && (utf8.IsEmpty || (TryOffset(ref utf8, ref parts) && utf8.IsEmpty));
    }

    /// <summary>A time of day.</summary>
    public static bool TryTime(ReadOnlySpan<byte> utf8, ref TemporalParts parts) => TryClock(ref utf8, ref parts) && utf8.IsEmpty;

    /// <summary>Takes exactly so many digits from the front.</summary>
    public static bool TryDigits(ref ReadOnlySpan<byte> utf8, int count, out int number)
    {
        number = 0;
        if (utf8.Length < count) return false;
        for (var i = 0; i < count; i++)
        {
            var digit = (uint)utf8[i] - '0';
            if (digit > 9) return false;
            number = (number * 10) + (int)digit;
        }

        utf8 = utf8[count..];
        return true;
    }

    /// <summary><c>Z</c>, <c>+08:00</c> or <c>+0800</c>.</summary>
    public static bool TryOffset(ref ReadOnlySpan<byte> utf8, ref TemporalParts parts)
    {
        if (utf8.IsEmpty) return false;
        var sign = utf8[0];
        utf8 = utf8[1..];
        parts.HasOffset = true;
        parts.OffsetMinutes = 0;
        if (sign == 'Z') return true;
        if (sign is not ((byte)'+' or (byte)'-') || !TryDigits(ref utf8, 2, out var hours)) return false;
        TrySkip(ref utf8, (byte)':');
        if (!TryDigits(ref utf8, 2, out var minutes) || minutes > 59) return false;
        parts.OffsetMinutes = (sign == '-' ? -1 : 1) * ((hours * 60) + minutes);
        return true;
    }

    /// <summary>Takes digits after a decimal point, at most seven.</summary>
    public static bool TryFraction(ref ReadOnlySpan<byte> utf8, ref TemporalParts parts)
    {
        var digits = 0;
        var fraction = 0;
        while (digits < utf8.Length && digits < 7 && (uint)utf8[digits] - '0' <= 9) fraction = (fraction * 10) + utf8[digits++] - '0';
        if (digits == 0) return false;
        utf8 = utf8[digits..];
        for (; digits < 7; digits++) fraction *= 10;
        parts.Fraction = fraction;
        return true;
    }

    private static bool TryDate(ref ReadOnlySpan<byte> utf8, ref TemporalParts parts)
    {
        parts.HasDate = true;
        return TryDigits(ref utf8, 4, out parts.Year) && TrySkip(ref utf8, (byte)'-') && TryDigits(ref utf8, 2, out parts.Month)
            && TrySkip(ref utf8, (byte)'-') && TryDigits(ref utf8, 2, out parts.Day);
    }

    private static bool TryClock(ref ReadOnlySpan<byte> utf8, ref TemporalParts parts)
    {
        parts.HasTime = true;
        if (!TryDigits(ref utf8, 2, out parts.Hour) || !TrySkip(ref utf8, (byte)':') || !TryDigits(ref utf8, 2, out parts.Minute)) return false;
        if (!TrySkip(ref utf8, (byte)':')) return true;
        if (!TryDigits(ref utf8, 2, out parts.Second)) return false;
        return !TrySkip(ref utf8, (byte)'.') || TryFraction(ref utf8, ref parts);
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> utf8, byte expected)
    {
        if (utf8.IsEmpty || utf8[0] != expected) return false;
        utf8 = utf8[1..];
        return true;
    }
}
