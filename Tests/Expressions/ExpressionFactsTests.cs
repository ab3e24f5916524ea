using Mappings.Expressions;
using Xunit;

namespace Tests.Expressions;

public sealed class ExpressionFactsTests
{
    private static readonly ExpressionOptions Options = ExpressionOptions.Default with
    {
        Variables = ["live", "net"],
        HostFunctions = [new HostFunction("table", 2, static (_, arguments) => arguments[1])],
    };

    [Theory]
    [InlineData("qty * price * (1 - discount)", "qty, price, discount")]
    [InlineData("lines[cancelled = false]", "lines.cancelled")]
    [InlineData("$sum($live.(qty * price))", "$live.qty, $live.price")]
    [InlineData("$$.header.no & %.x", "$$.header.no, %.x")]
    [InlineData("$map(lines, function($l){ $l.sku })", "lines.sku")]
    [InlineData("($first := lines[0]; $first.sku)", "lines.sku")]
    [InlineData("1 + 2", "")]
    public void Paths_NameEverythingThatIsRead(string text, string expected) =>
        Assert.Equal(expected, string.Join(", ", Evaluated.Compile(text, Options).Facts.Paths));

    [Fact]
    public void Variables_AreThoseFromOutside() => Assert.Equal(["net"], Evaluated.Compile("($x := 1; $net * $x)", Options).Facts.Variables);

    [Theory]
    [InlineData("1 + 2", true, true)]
    [InlineData("$now()", false, true)]
    [InlineData("a", true, false)]
    public void Determinism_AndConstancy_AreKnown(string text, bool deterministic, bool constantUnlessClock)
    {
        var facts = Evaluated.Compile(text, Options).Facts;

        Assert.Equal(deterministic, facts.IsDeterministic);
        Assert.Equal(constantUnlessClock && deterministic, facts.IsConstant);
    }

    [Theory]
    [InlineData("lines.sku", true)]
    [InlineData("$sum(lines.qty)", false)]
    [InlineData("a & b", false)]
    [InlineData("a ? 1 : 2", false)]
    [InlineData("$filter(lines, function($l){$l.a})", true)]
    public void MayBeMany_IsFalseOnlyWhereOneValueIsSure(string text, bool many) => Assert.Equal(many, Evaluated.Compile(text, Options).Facts.MayBeMany);

    [Fact]
    public void HostCall_KeepsItsConstantArguments()
    {
        var call = Assert.Single(Evaluated.Compile("$table(\"uom\", unit)", Options).Facts.HostCalls);

        Assert.Equal("table", call.Name);
        Assert.Equal(["uom", null], call.Arguments);
    }

    [Fact]
    public void HostFunction_Called_ReceivesItsArguments() => Assert.Equal("\"PCS\"", Evaluated.Json("$table(\"uom\", unit)", """{"unit":"PCS"}""", Options));
}
