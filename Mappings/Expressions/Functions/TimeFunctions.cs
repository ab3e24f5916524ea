using System.Globalization;
using Mappings.Expressions.Pictures;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>The clock of the message, and instants as texts: ISO 8601, or by a picture.</summary>
internal static class TimeFunctions
{
    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static readonly Builtin[] All =
    [
        new("now", "<s?s?:s>", Now, arity: 0) { IsDeterministic = false },
        new("millis", "<:n>", Millis) { IsDeterministic = false },
        new("toMillis", "<s-s?:n>", ToMillis, arity: 1),
        new("fromMillis", "<n-s?s?:s>", FromMillis, arity: 1),
    ];

    private static Value Now(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Format(ref f, Millis(ref f, a, ctx), a[0], a[1]);

    private static Value Millis(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Value.FromNumber(f.Context.Now.ToUnixTimeMilliseconds());

    /// <summary>Strict: what is no day of the calendar is an error, not the day after. A text without the picture's form has no value.</summary>
    private static Value ToMillis(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var text = a[0].AsText()!;
        if (a[1].IsMissing) return IsoInstant.TryParse(text, mustExist: f.Unit.Strict, out var instant) ? Value.FromNumber(instant) : throw Errors.InCall(f, "D3110", a[0]);
        try
        {
            var fields = Picture(ref f, a[1]).Read(ref f, text);
            if (fields is null || fields.IsEmpty) return default;
            return fields.ToMillis(f.Context.Now.UtcDateTime, mustExist: f.Unit.Strict) is { } millis ? Value.FromNumber(millis) : throw Errors.InCall(f, "MAP276", a[0]);
        }
        catch (PictureException fault)
        {
            throw PictureFunctions.Failed(f, fault, a[1]);
        }
    }

    private static Value FromMillis(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => a[0].IsMissing ? default : Format(ref f, a[0], a[1], a[2]);

    private static Value Format(ref Frame f, in Value number, in Value picture, in Value zone)
    {
        var millis = Math.Truncate(Numbers.ToDouble(number));
        if (!(millis is >= DateTimeFields.MinMillis and <= DateTimeFields.MaxMillis)) throw Errors.InCall(f, "MAP276", number);
        var instant = DateTimeOffset.FromUnixTimeMilliseconds((long)millis).UtcDateTime;
        if (picture.IsMissing && zone.IsMissing) return Value.FromText(instant.ToString(Iso, CultureInfo.InvariantCulture));
        try
        {
            var offset = zone.IsMissing ? TimeSpan.Zero : UtcOffset.Parse(zone.AsText()!, exact: f.Unit.Strict);
            var local = instant.Ticks + offset.Ticks;
            if (local < DateTime.MinValue.Ticks || local > DateTime.MaxValue.Ticks) throw Errors.InCall(f, "MAP276", number);
            var text = Picture(ref f, picture).Format(new DateTime(local, DateTimeKind.Unspecified), offset, f.Context.Budget.Limits.TextLength);
            if (text is null) Errors.TextTooLong(f);
            return TextFunctions.Made(f, text);
        }
        catch (PictureException fault)
        {
            throw PictureFunctions.Failed(f, fault, picture);
        }
    }

    private static DateTimePicture Picture(ref Frame f, in Value picture)
    {
        if (f.Unit.Profile == ExpressionProfile.Hub) throw Errors.InCall(f, "MAP271", picture, ("construct", "picture"));
        var text = picture.AsText() ?? DateTimePicture.Iso;
        f.Step(1 + (text.Length / 64));
        return f.Context.Pictures.Get(text, DateTimePicture.Parse);
    }
}
