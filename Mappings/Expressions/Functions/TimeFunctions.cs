using System.Globalization;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>The clock of the message, and instants in ISO 8601 form.</summary>
internal static class TimeFunctions
{
    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const double MaxMillis = 253402300799999;
    private const double MinMillis = -62135596800000;

    private static readonly string[] Forms =
    [
        "yyyy", "yyyy-MM", "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    public static readonly Builtin[] All =
    [
        new("now", "<s?s?:s>", Now, arity: 0) { IsDeterministic = false },
        new("millis", "<:n>", Millis) { IsDeterministic = false },
        new("toMillis", "<s-s?:n>", ToMillis, arity: 1),
        new("fromMillis", "<n-s?s?:s>", FromMillis, arity: 1),
    ];

    private static Value Now(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        RefusePicture(f, a[0], a[1]);
        return Value.FromText(f.Context.Now.UtcDateTime.ToString(Iso, CultureInfo.InvariantCulture));
    }

    private static void RefusePicture(in Frame f, in Value picture, in Value zone)
    {
        if (!picture.IsMissing || !zone.IsMissing) throw Errors.InCall(f, "MAP272", picture, ("construct", "picture"));
    }

    private static Value Millis(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Value.FromNumber(f.Context.Now.ToUnixTimeMilliseconds());

    /// <summary>Strict: what is no day of the calendar is an error, not the day after. No offset means UTC.</summary>
    private static Value ToMillis(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        RefusePicture(f, a[1], default);
        var text = a[0].AsText()!;

        // ISO 8601 allows an offset without its colon; .NET's K does not.
        if (text.Length > 5 && text.Contains('T', StringComparison.Ordinal) && text[^5] is '+' or '-') text = text.Insert(text.Length - 2, ":");
        return DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? Value.FromNumber(instant.ToUnixTimeMilliseconds())
            : throw Errors.InCall(f, "D3110", a[0]);
    }

    private static Value FromMillis(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        RefusePicture(f, a[1], a[2]);
        var millis = Math.Floor(Numbers.ToDouble(a[0]));
        if (!(millis is >= MinMillis and <= MaxMillis)) throw Errors.InCall(f, "D3110", a[0]);
        return Value.FromText(DateTimeOffset.FromUnixTimeMilliseconds((long)millis).UtcDateTime.ToString(Iso, CultureInfo.InvariantCulture));
    }
}
