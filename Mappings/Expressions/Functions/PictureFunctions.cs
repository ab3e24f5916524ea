using System.Numerics;
using Mappings.Expressions.Pictures;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Numbers written and read by a picture.</summary>
internal static class PictureFunctions
{
    public static readonly Builtin[] All =
    [
        new("formatNumber", "<n-so?:s>", FormatNumber) { IsPicture = true },
        new("formatInteger", "<n-s:s>", FormatInteger) { IsPicture = true },
        new("parseInteger", "<s-s:n>", ParseInteger) { IsPicture = true },
    ];

    /// <summary>An error of a picture, at the call that has it.</summary>
    public static EvaluationException Failed(in Frame f, PictureException fault, in Value picture) => Errors.InCall(f, fault.Code, picture, fault.Arguments);

    private static Value FormatNumber(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        if (!Numbers.IsFinite(Numbers.Ready(a[0]))) throw Errors.InCall(f, "D3001", a[0]);
        var text = Picture(ref f, a[1], "formatNumber");
        try
        {
            var picture = a[2].IsMissing
                ? f.Context.Pictures.Get(text, static t => NumberPicture.Parse(t, NumberSymbols.Default))
                : NumberPicture.Parse(text, NumberSymbols.From(a[2], f.Unit.Strict));
            return TextFunctions.Made(f, picture.Format(DecimalDigits.From(a[0])));
        }
        catch (PictureException fault)
        {
            throw Failed(f, fault, a[1]);
        }
    }

    private static Value FormatInteger(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        if (!Numbers.IsFinite(Numbers.Ready(a[0]))) throw Errors.InCall(f, "D3001", a[0]);
        var text = Picture(ref f, a[1], "formatInteger");
        try
        {
            return TextFunctions.Made(f, f.Context.Pictures.Get(text, IntegerPicture.Parse).Format(Floor(a[0])));
        }
        catch (PictureException fault)
        {
            throw Failed(f, fault, a[1]);
        }
    }

    private static Value ParseInteger(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var text = Picture(ref f, a[1], "parseInteger");
        try
        {
            var written = a[0].AsText()!;
            f.Step(1 + (written.Length / 64));
            return f.Context.Pictures.Get(text, IntegerPicture.Parse).Read(written.AsSpan().Trim()) is { } number && Numbers.FromBig(number) is var value && Numbers.IsFinite(value)
                ? value
                : throw Errors.InCall(f, "MAP275", a[0], ("picture", text));
        }
        catch (PictureException fault)
        {
            throw Failed(f, fault, a[1]);
        }
    }

    /// <summary>The picture's text; its reading is counted like other work on a text.</summary>
    private static string Picture(ref Frame f, in Value picture, string name)
    {
        var text = picture.IsMissing ? throw Errors.InCall(f, "T0410", picture, ("name", name), ("index", "2"), ("types", SignatureParameter.Describe(SignatureTypes.Text))) : picture.AsText()!;
        f.Step(1 + (text.Length / 64));
        return text;
    }

    private static BigInteger Floor(in Value number)
    {
        var ready = Numbers.Ready(number);
        return ready.Tag switch
        {
            Tag.Decimal => new BigInteger(decimal.Floor(ready.Decimal)),
            Tag.Big => ready.Big,
            _ => new BigInteger(Math.Floor(ready.Double)),
        };
    }
}
