using System.Numerics;
using System.Text.RegularExpressions;
using Mappings.Expressions.Runtime;

namespace Mappings.Expressions.Functions;

/// <summary>Functions on numbers, and totals over lists of them.</summary>
internal static partial class NumberFunctions
{
    private const int MaxWholePower = 2000;

    public static readonly Builtin[] All =
    [
        new("number", "<(nsb)-:n>", Number),
        new("abs", "<n-:n>", Abs),
        new("floor", "<n-:n>", Floor),
        new("ceil", "<n-:n>", Ceil),
        new("round", "<n-n?:n>", Round),
        new("power", "<n-n:n>", Power),
        new("sqrt", "<n-:n>", Sqrt),
        new("random", "<:n>", Random) { IsDeterministic = false },
        new("sum", "<a<n>:n>", Sum),
        new("max", "<a<n>:n>", Max),
        new("min", "<a<n>:n>", Min),
        new("average", "<a<n>:n>", Average),
        new("formatBase", "<n-n?:s>", FormatBase),
    ];

    [GeneratedRegex("^-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex DecimalForm();

    private static Value Number(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing || a[0].IsNumber) return a[0];
        if (a[0].IsBoolean) return Value.FromNumber(a[0].IsTrue ? 1 : 0);
        var text = a[0].AsText()!;
        if (text.Length <= 1000 && DecimalForm().IsMatch(text))
        {
            var number = Numbers.Parse(text);
            if (Numbers.IsFinite(number)) return number;
        }
        else if (text.Length is > 2 and <= 300 && text[0] == '0' && Based(text) is { } whole) return Numbers.FromBig(whole);
        throw Errors.InCall(f, "D3030", a[0]);
    }

    private static BigInteger? Based(string text)
    {
        var radix = char.ToLowerInvariant(text[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
        if (radix == 0) return null;
        BigInteger result = 0;
        foreach (var c in text.AsSpan(2))
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : int.MaxValue;
            if (digit >= radix) return null;
            result = (result * radix) + digit;
        }

        return result;
    }

    private static Value Abs(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => a[0].IsMissing ? default : Numbers.Abs(a[0]);

    private static Value Floor(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var n = Numbers.Ready(a[0]);
        return n.Tag switch { Tag.Decimal => new Value(decimal.Floor(n.Decimal)), Tag.Big => n, _ => Numbers.FromDouble(Math.Floor(n.Double)) };
    }

    private static Value Ceil(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var n = Numbers.Ready(a[0]);
        return n.Tag switch { Tag.Decimal => new Value(decimal.Ceiling(n.Decimal)), Tag.Big => n, _ => Numbers.FromDouble(Math.Ceiling(n.Double)) };
    }

    /// <summary>Half to even, as JSONata documents; negative places round before the point.</summary>
    private static Value Round(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var n = Numbers.Ready(a[0]);
        var places = a[1].IsMissing ? 0 : Math.Clamp(Numbers.FloorToLong(a[1]), -400, 28);
        if (n.Tag == Tag.Double && Math.Abs(n.Double) < 7e27) n = new Value((decimal)n.Double);
        if (n.Tag != Tag.Decimal) return n;
        if (places >= 0 && Digits.Of(n).Round((int)places, MidpointRounding.ToEven) is { IsNone: false } digits) return digits.ToValue();
        if (places >= 0) return new Value(decimal.Round(n.Decimal, (int)places, MidpointRounding.ToEven));
        if (places < -28) return new Value(0m);
        var unit = (decimal)BigInteger.Pow(10, (int)-places);
        return Arithmetic.Multiply(new Value(decimal.Round(n.Decimal / unit, 0, MidpointRounding.ToEven)), new Value(unit));
    }

    private static Value Power(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        if (a[1].IsMissing) throw Errors.InCall(f, "D3061", a[0], ("exponent", ShownValue.Of(a[1])));
        var number = Numbers.Ready(a[0]);
        var exponent = Numbers.Ready(a[1]);
        Value result;
        if (Numbers.IsWhole(exponent) && Math.Abs(Numbers.FloorToLong(exponent)) <= MaxWholePower)
        {
            var times = Numbers.FloorToLong(exponent);
            result = Whole(number, Math.Abs(times));
            if (times < 0) result = Arithmetic.Divide(Value.FromNumber(1), result);
        }
        else result = Numbers.FromDouble(Math.Pow(Numbers.ToDouble(number), Numbers.ToDouble(exponent)));
        return Numbers.IsFinite(result) ? result : throw Errors.InCall(f, "D3061", a[0], ("exponent", ShownValue.Of(a[1])));
    }

    private static Value Whole(Value number, long times)
    {
        var result = Value.FromNumber(1);
        for (; times > 0; times >>= 1)
        {
            if ((times & 1) == 1) result = Arithmetic.Multiply(result, number);
            if (times > 1) number = Arithmetic.Multiply(number, number);
        }

        return result;
    }

    private static Value Sqrt(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var value = Numbers.ToDouble(a[0]);
        if (value < 0) throw Errors.InCall(f, "D3060", a[0]);
        var root = Math.Sqrt(value);
        var exact = Math.Abs(root) < 1e12 ? (decimal)root : 0;
        return a[0].TryGetDecimal(out var square) && exact * exact == square ? new Value(exact) : Numbers.FromDouble(root);
    }

    private static Value Random(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Numbers.FromDouble(f.Context.Random.NextDouble());

    private static Value Sum(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var total = Value.FromNumber(0);
        foreach (ref readonly var item in a[0].Items())
        {
            f.Step();
            total = Arithmetic.Add(total, Numbers.Ready(item));
        }

        return total;
    }

    private static Value Max(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Extreme(ref f, a[0], 1);

    private static Value Min(ref Frame f, ReadOnlySpan<Value> a, in Value ctx) => Extreme(ref f, a[0], -1);

    private static Value Extreme(ref Frame f, in Value list, int sign)
    {
        Value best = default;
        foreach (var item in list.Items())
        {
            f.Step();
            if (best.IsMissing || Numbers.Compare(item, best) * sign > 0) best = item;
        }

        return best;
    }

    private static Value Average(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing || a[0].Count == 0) return default;
        return Arithmetic.Divide(Sum(ref f, a, ctx), Value.FromNumber(a[0].Count));
    }

    private static Value FormatBase(ref Frame f, ReadOnlySpan<Value> a, in Value ctx)
    {
        if (a[0].IsMissing) return default;
        var radix = a[1].IsMissing ? 10 : Numbers.FloorToLong(Round(ref f, [a[1], default], ctx));
        if (radix is < 2 or > 36) throw Errors.InCall(f, "D3100", a[1]);
        var rounded = Round(ref f, [a[0], default], ctx);
        if (!Numbers.TryBig(rounded, out var whole)) whole = new BigInteger(Numbers.ToDouble(rounded));
        var digits = new List<char>();
        var rest = BigInteger.Abs(whole);
        do
        {
            f.Step();
            digits.Add("0123456789abcdefghijklmnopqrstuvwxyz"[(int)(rest % radix)]);
            rest /= radix;
        }
        while (!rest.IsZero);
        if (whole.Sign < 0) digits.Add('-');
        digits.Reverse();
        return Value.FromText(string.Concat(digits));
    }
}
