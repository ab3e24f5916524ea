namespace Tests.Mapping;

/// <summary>What is said about a mapping before any record comes.</summary>
public sealed class MappingCheckTests
{
    private const string FromOrder = "source: { contract: order }";

    [Fact]
    public void Expression_ThatIsWrong_IsMarkedInItsBlock() =>
        Assert.Equal(["m.yaml:7:7: error MAP273: a: there is no variable $nett; did you mean $net?"], Mapped.Wrong(Mapped.Fields("a: |\n  = 1 +\n    $nett", "let: { net: x }")));

    [Fact]
    public void Shape_AndNames_AreReportedTogether() =>
        Assert.Equal(
            ["m.yaml:5:29: error YML132: stage.scale: \"two\" is not a whole number", "m.yaml:6:21: error MAP201: externalId: buyer has no field \"nmae\"; did you mean \"name\"?"],
            Mapped.Wrong("mapping: m\nversion: 1\nsource: { contract: order }\nfields:\n  stage: { from: no, scale: two }\n  externalId: buyer.nmae\n"));

    [Fact]
    public void Defaults_BesideAMisspeltKey_StillHold() =>
        Assert.Equal(
            ["m.yaml:3:1: error YML103: unknown key \"ownr\" in a mapping; did you mean \"owner\"?"],
            Mapped.Wrong(Mapped.Fields("at: { from: x, type: instant, in: yyyy-MM-dd HH:mm }", "ownr: me\ndefaults: { zone: Asia/Shanghai }")));

    [Fact]
    public void Path_ThatIsAnExpression_IsAdvised() => Assert.Equal(["m.yaml:4:6: error MAP270: a: x + 1 is no plain path"], Mapped.Wrong(Mapped.Fields("a: x + 1")));

    [Fact]
    public void Lookup_NotThere_IsNamedWithTheTables() =>
        Assert.Equal(["m.yaml:4:25: error MAP240: a: there is no lookup \"uon\"; did you mean \"uom\"?"], Mapped.Wrong(Mapped.Fields("a: { from: x, lookup: uon }")));

    [Fact]
    public void Table_NotThere_IsNamedWhereItIsCalled() =>
        Assert.Equal(["m.yaml:4:8: error MAP240: a: there is no lookup \"uoms\"; did you mean \"uom\"?"], Mapped.Wrong(Mapped.Fields("a: = $table(\"uoms\", x)")));

    [Fact]
    public void Let_Unused_IsAWarning() => Assert.Equal(["m.yaml:4:3: warning MAP241: nothing uses $net"], Mapped.Wrong(Mapped.Fields("a: x", "let:\n  net: x")));

    [Fact]
    public void Let_UsedByALaterLet_IsUsed() => Assert.Empty(Mapped.Wrong(Mapped.Fields("a: $b", "let:\n  net: x\n  b: $net")));

    [Fact]
    public void Let_CannotUseALaterOne() =>
        Assert.Equal(["m.yaml:4:6: error MAP273: $a: there is no variable $later"], Mapped.Wrong(Mapped.Fields("a: $a\nb: $later", "let:\n  a: $later\n  later: x")));

    [Fact]
    public void Target_IsOnlyKnownToChecks() => Assert.Equal(["m.yaml:4:6: error MAP273: a: there is no variable $target"], Mapped.Wrong(Mapped.Fields("a: $target.b")));

    [Fact]
    public void Path_UnknownToTheContract_IsCorrected() =>
        Assert.Equal(["m.yaml:5:12: error MAP201: a: buyer has no field \"nmae\"; did you mean \"name\"?"], Mapped.Wrong(Mapped.Fields("a: buyer.nmae", FromOrder)));

    [Fact]
    public void Path_OfAnElement_IsHeldAgainstTheElements() =>
        Assert.Equal(["m.yaml:8:12: error MAP201: items[].sku: lines[] has no field \"skuu\"; did you mean \"sku\"?"], Mapped.Wrong(Mapped.Fields("items:\n  each: lines\n  fields:\n    sku: skuu", FromOrder)));

    [Fact]
    public void Path_OutOfAnElement_IsHeldAgainstTheRecord() =>
        Assert.Equal(["m.yaml:8:14: error MAP201: items[].no: order has no field \"noo\"; did you mean \"no\"?"], Mapped.Wrong(Mapped.Fields("items:\n  each: lines\n  fields:\n    no: \"%.noo\"", FromOrder)));

    [Fact]
    public void Path_InsideAnExpression_IsHeldAgainstTheContract() =>
        Assert.Equal(["m.yaml:5:19: error MAP201: a: lines[] has no field \"qtyy\"; did you mean \"qty\"?"], Mapped.Wrong(Mapped.Fields("a: = $sum(lines.qtyy)", FromOrder)));

    [Fact]
    public void Text_WrittenAsAPath_IsWarnedOf() => Assert.Equal(["m.yaml:5:6: warning MAP202: a: order has no field \"CNY\""], Mapped.Wrong(Mapped.Fields("a: CNY", FromOrder)));

    [Fact]
    public void Member_AddedByAStepBefore_IsAllowed() => Assert.Empty(Mapped.Wrong(Mapped.Fields("a: account.code", FromOrder)));

    [Fact]
    public void Target_Contract_FindsWrongAndMissingFields() =>
        Assert.Equal(
            ["m.yaml:4:1: error MAP211: deal requires \"ownerId\", nothing sets it", "m.yaml:6:3: error MAP210: stgae: deal has no field \"stgae\"; did you mean \"stage\"?"],
            Mapped.Wrong(Mapped.Fields("externalId: no\nstgae: s", "target: { contract: deal }")));
}
