using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Xunit;

namespace Tests.Expressions;

/// <summary>The shortcuts for numbers of few digits give what the library's decimal gives, for numbers that fit and for those that do not.</summary>
public sealed class DigitsTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(20_000);

    [Fact]
    public void Arithmetic_OfRandomDecimals_IsTheLibrarys() => Check.One(Many, Prop.ForAll(Arb.From(Decimals.Two()), pair =>
    {
        var (a, b) = (new Value(pair.Item1), new Value(pair.Item2));
        Same(Arithmetic.AddAny(a, b), Arithmetic.Add(a, b));
        Same(Arithmetic.SubtractAny(a, b), Arithmetic.Subtract(a, b));
        Same(Arithmetic.MultiplyAny(a, b), Arithmetic.Multiply(a, b));
        Same(Arithmetic.DivideAny(a, b), Arithmetic.Divide(a, b));
    }));

    [Fact]
    public void Division_ByAnyPowerOfTen_IsTheLibrarys() => Check.One(Many, Prop.ForAll(Arb.From(Decimals.Two()), Arb.From(Gen.Choose(0, 22)), (pair, tens) =>
    {
        var by = new Value(decimal.Parse("1" + new string('0', tens), CultureInfo.InvariantCulture));
        Same(Arithmetic.DivideAny(new Value(pair.Item1), by), Arithmetic.Divide(new Value(pair.Item1), by));
    }));

    [Fact]
    public void Expression_WithAndWithoutRegisters_GivesTheSameOrTheSameError() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(
        Arb.From(Gen.Elements("a * b * (1 - c)", "a + b - c", "a * b * (100 - c) / 100", "a / b", "(a - b) / 1000 + c", "a % b", "-a + b", "a * 9999999999999999 * b", "a = true", "b != false")),
        Arb.From(Operands.Three()),
        Arb.From(Gen.Elements(true, false)),
        (text, operands, strict) =>
        {
            var input = JsonTape.Read($"{{{string.Join(',', new[] { ("a", operands.Item1), ("b", operands.Item2), ("c", operands.Item3) }.Where(o => o.Item2.Length > 0).Select(o => $"\"{o.Item1}\":{o.Item2}"))}}}");
            Assert.Equal(Run(text, input, strict, Shortcuts.None), Run(text, input, strict, Shortcuts.All));
        }));

    [Fact]
    public void Parse_OfRandomDecimals_IsTheLibrarys() => Check.One(Many, Prop.ForAll(Arb.From(Decimals), number =>
    {
        var text = number.ToString(CultureInfo.InvariantCulture);

        // Beyond 28 digits the number rule says what becomes of it.
        if (text.Count(char.IsAsciiDigit) <= 28) Assert.Equal(number, Numbers.Parse(text).Decimal);
    }));

    [Fact]
    public void Text_OfRandomDecimals_IsTheLibrarysWithoutTrailingZeros() => Check.One(Many, Prop.ForAll(Arb.From(Decimals), number =>
    {
        var plain = number.ToString(CultureInfo.InvariantCulture);
        Assert.Equal(plain.Contains('.', StringComparison.Ordinal) ? plain.TrimEnd('0').TrimEnd('.') : plain, Written(number));
    }));

    [Fact]
    public void FixedText_OfRandomDecimals_IsTheLibrarys() => Check.One(Many, Prop.ForAll(Arb.From(Decimals), Arb.From(Gen.Choose(0, 28)), (number, more) =>
    {
        var places = Math.Min(28, number.Scale + more);
        var room = new byte[80];
        if (Digits.Of(new Value(number)) is not { IsNone: false } digits) return;
        var expected = number == 0 ? 0 : number;
        Assert.Equal(expected.ToString("F" + places, CultureInfo.InvariantCulture), Encoding.ASCII.GetString(room, 0, NumberText.WriteFixed(digits, places, room)));
    }));

    [Fact]
    public void Rounding_OfRandomDecimals_IsTheLibrarys() => Check.One(Many, Prop.ForAll(
        Arb.From(Decimals),
        Arb.From(Gen.Choose(0, 28)),
        Arb.From(Gen.Elements(MidpointRounding.ToEven, MidpointRounding.AwayFromZero, MidpointRounding.ToZero)),
        (number, places, mode) =>
        {
            if (Digits.Of(new Value(number)) is { IsNone: false } digits && digits.Round(places, mode) is { IsNone: false } rounded) Assert.Equal(decimal.Round(number, places, mode), rounded.ToValue().Decimal);
        }));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("0.05", "0.05")]
    [InlineData("-0.50", "-0.5")]
    [InlineData("100", "100")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void Text_OfADecimal_HasNoTrailingZeros(string number, string expected) => Assert.Equal(expected, Written(decimal.Parse(number, CultureInfo.InvariantCulture)));

    private static Gen<decimal> Decimals =>
        from low in Gen.OneOf(Gen.Choose(0, 200), Gen.Choose(int.MinValue, int.MaxValue))
        from middle in Gen.OneOf(Gen.Constant(0), Gen.Choose(int.MinValue, int.MaxValue))
        from high in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(0, int.MaxValue)))
        from isNegative in Gen.Elements(true, false)
        from scale in Gen.OneOf(Gen.Choose(0, 3), Gen.Choose(0, 28))
        select new decimal(low, middle, high, isNegative, (byte)scale);

    /// <summary>JSON of an operand, mostly a short number; an empty one is left out.</summary>
    private static Gen<string> Operands => Gen.Frequency(
        (12, Decimals.Select(d => d.ToString(CultureInfo.InvariantCulture))),
        (8, Gen.Choose(-9999, 9999).Select(i => (i / 100m).ToString(CultureInfo.InvariantCulture))),
        (2, Gen.Elements("0", "-0.0", "1e3", "2.5E-3", "1e300", "12345678901234567890123456789012345", "18446744073709551616")),
        (1, Gen.Elements("", "null", "\"7\"", "true", "[1,2]", "[]", "{}")));

    private static string Run(string text, in Value input, bool strict, Shortcuts shortcuts)
    {
        var expression = Expression.Compile(text, new ExpressionOptions { Shortcuts = shortcuts, Strict = strict }, new Findings(), ExpressionOrigin.None)!;
        try
        {
            return expression.Evaluate(new EvaluationContext(), input).ToString();
        }
        catch (EvaluationException error)
        {
            return $"{error.Code} {error.Start} {error.End} {error.InputPosition}";
        }
    }

    private static void Same(in Value expected, in Value found)
    {
        Assert.Equal(expected.Tag, found.Tag);
        if (expected.Tag == Tag.Decimal) Assert.Equal(expected.Decimal, found.Decimal);
        Assert.Equal(expected.ToString(), found.ToString());
    }

    private static string Written(decimal number)
    {
        var room = new byte[400];
        return Encoding.ASCII.GetString(room, 0, NumberText.Write(new Value(number), room));
    }
}
