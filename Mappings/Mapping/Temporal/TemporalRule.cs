using System.Globalization;

namespace Mappings.Mapping.Temporal;

/// <summary>
/// How a field turns the text of the source into a date or time of the target. Strict: what no calendar and no clock
/// shows is an error, also the hour that a zone skips or shows twice.
/// </summary>
internal sealed class TemporalRule
{
    private static readonly TemporalPattern DefaultDate = TemporalPattern.Parse(IsoTime.DateForm, out _)!;
    private static readonly TemporalPattern DefaultTime = TemporalPattern.Parse(IsoTime.TimeForm, out _)!;
    private static readonly TemporalPattern DefaultDateTime = TemporalPattern.Parse(IsoTime.DateTimeForm, out _)!;
    private static readonly TemporalPattern DefaultInstant = TemporalPattern.Parse(IsoTime.MomentForm, out _)!;

    private readonly TemporalKind _kind;
    private readonly TemporalPattern[] _in;
    private readonly TemporalPattern _out;
    private readonly TimeZoneInfo? _zone;
    private readonly bool _copiesIso;
    private readonly string _expected;

    /// <param name="reads">The forms that are accepted, the first that fits is taken; none means ISO 8601.</param>
    /// <param name="writes">The form that is written; null means ISO 8601.</param>
    /// <param name="zone">The zone of texts without an offset, and the zone that is written; null when there is none.</param>
    public TemporalRule(TemporalKind kind, IReadOnlyList<TemporalPattern> reads, TemporalPattern? writes, TimeZoneInfo? zone)
    {
        _kind = kind;
        _in = [.. reads];
        _zone = zone;
        _out = writes ?? kind switch
        {
            TemporalKind.Date => DefaultDate,
            TemporalKind.Time => DefaultTime,
            TemporalKind.DateTime => DefaultDateTime,
            _ => DefaultInstant,
        };
        _copiesIso = kind == TemporalKind.Date && _out.Text == IsoTime.DateForm && (reads.Count == 0 || reads.Any(p => p.Text == IsoTime.DateForm));
        _expected = reads.Count > 0 ? string.Join(", ", reads.Select(p => p.Text)) : _out == DefaultInstant ? IsoTime.MomentForm : kind switch
        {
            TemporalKind.Date => IsoTime.DateForm,
            TemporalKind.Time => IsoTime.TimeForm,
            TemporalKind.DateTime => IsoTime.DateTimeForm,
            _ => IsoTime.MomentForm,
        };
    }

    public int MaxLength => _out.MaxLength;

    /// <summary>True when the text is already what would be written, so that it may be copied.</summary>
    public bool MayCopy(ReadOnlySpan<byte> utf8) => _copiesIso && utf8.Length == 10 && IsoTime.CheckDate(utf8) is null;

    /// <param name="destination">Room for <see cref="MaxLength"/> bytes.</param>
    /// <returns>Null when the text was converted.</returns>
    public TemporalFault? Convert(ReadOnlySpan<byte> utf8, Span<byte> destination, out int written)
    {
        written = 0;
        var parts = new TemporalParts();
        var fault = Read(utf8, ref parts) ?? Place(ref parts);
        if (fault is null) written = _out.Write(parts, destination);
        return fault;
    }

    private TemporalFault? Read(ReadOnlySpan<byte> utf8, ref TemporalParts parts)
    {
        if (_in.Length == 0)
        {
            var fits = _kind == TemporalKind.Time ? IsoTime.TryTime(utf8, ref parts) : IsoTime.TryRead(utf8, ref parts);
            if (!fits || (_kind is TemporalKind.DateTime or TemporalKind.Instant && !parts.HasTime)) return TemporalParts.Unreadable(_kind, _expected);
            return parts.Check(_kind, _expected);
        }

        TemporalFault? fault = null;
        foreach (var pattern in _in)
        {
            if (!pattern.TryRead(utf8, ref parts)) continue;
            var found = parts.Check(_kind, _expected);
            if (found is null) return null;
            if (fault is null || found.Code == "DAT311") fault = found;
        }

        return fault ?? TemporalParts.Unreadable(_kind, _expected);
    }

    /// <summary>Brings what was read into the zone that is written.</summary>
    private TemporalFault? Place(ref TemporalParts parts)
    {
        if (_kind == TemporalKind.Time) return null;
        if (parts.HasOffset) return Shift(ref parts);
        if (_kind != TemporalKind.Instant) return null;
        if (_zone is null) return new TemporalFault("DAT318");
        var local = parts.Local;
        if (_zone.IsInvalidTime(local)) return new TemporalFault("DAT313", ("zone", _zone.Id));
        if (_zone.IsAmbiguousTime(local)) return new TemporalFault("DAT317", ("zone", _zone.Id), ("offsets", string.Join(", ", _zone.GetAmbiguousTimeOffsets(local).Select(Text))));
        parts.OffsetMinutes = (int)(_zone.GetUtcOffset(local).Ticks / TimeSpan.TicksPerMinute);
        return null;
    }

    private TemporalFault? Shift(ref TemporalParts parts)
    {
        var local = parts.Local;
        var utcTicks = local.Ticks - (parts.OffsetMinutes * TimeSpan.TicksPerMinute);
        if (utcTicks < TimeSpan.TicksPerDay || utcTicks > DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay) return TemporalParts.Unreadable(_kind, _expected);
        if (_zone is not null) parts = TemporalParts.From(TimeZoneInfo.ConvertTime(new DateTimeOffset(utcTicks, TimeSpan.Zero), _zone));
        else if (_kind == TemporalKind.DateTime) return new TemporalFault("DAT319");
        return null;
    }

    private static string Text(TimeSpan offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
}
