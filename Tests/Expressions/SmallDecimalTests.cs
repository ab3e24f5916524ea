using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Mappings.Expressions;
using Mappings.Expressions.Runtime;
using Xunit;

namespace Tests.Expressions;

/// <summary>The shortcuts for numbers of few digits give what the library's decimal gives, for numbers that fit and for those that do not.</summary>
public sealed class SmallDecimalTests
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
        var written = Encoding.ASCII.GetString(room, 0, NumberText.WriteFixed(number, places, room));
        Assert.Equal(number.ToString("F" + places, CultureInfo.InvariantCulture), number == 0 ? written.TrimStart('-') : written);
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
