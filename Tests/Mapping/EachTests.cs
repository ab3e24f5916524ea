namespace Tests.Mapping;

public sealed class EachTests
{
    private const string Skus = "items:\n  each: lines\n  fields:\n    sku: sku";

    [Theory]
    [InlineData("""{"lines":[{"sku":"A"},{"sku":"B"}]}""", """{"items":[{"sku":"A"},{"sku":"B"}]}""")]
    [InlineData("""{"lines":{"sku":"A"}}""", """{"items":[{"sku":"A"}]}""")]
    [InlineData("""{"lines":[]}""", """{"items":[]}""")]
    [InlineData("""{"lines":null}""", """{"items":[]}""")]
    [InlineData("{}", """{"items":[]}""")]
    public void Each_OfAnyCount_IsAList(string record, string document) => Assert.Equal(document, Mapped.Run(Skus, record));

    [Fact]
    public void Each_OfAFilter_TakesWhatItLeaves() =>
        Assert.Equal("""{"items":[{"sku":"B"}]}""", Mapped.Run("items:\n  each: = lines[qty > 1]\n  fields:\n    sku: sku", """{"lines":[{"sku":"A","qty":1},{"sku":"B","qty":2}]}"""));

    [Fact]
    public void Each_OfTooFew_SaysHowMany() =>
        Assert.Equal("message:1:1: error DAT340: items: 0 elements, at least 1 are needed", Mapped.Run("items:\n  each: lines\n  at_least: 1\n  fields:\n    sku: sku", "{}"));

    [Fact]
    public void Each_OfTooMany_SaysHowMany() =>
        Assert.Equal("message:1:10: error DAT339: items: 2 elements, at most 1 are allowed", Mapped.Run("items:\n  each: lines\n  at_most: 1\n  fields:\n    sku: sku", """{"lines":[{"sku":"A"},{"sku":"B"}]}"""));

    [Fact]
    public void Each_OfValues_TakesEachThroughTheRules() =>
        Assert.Equal("message:1:11: error DAT314: n[1]: 1.5 is not a whole number", Mapped.Run("n: { each: x, type: integer }", """{"x":["1",1.5]}"""));

    [Fact]
    public void Each_OfValues_WritesThem() => Assert.Equal("""{"n":[1,2]}""", Mapped.Run("n: { each: x, type: integer }", """{"x":["1",2]}"""));

    [Fact]
    public void Each_InsideOfEach_KeepsBothPositions()
    {
        const string fields = "a:\n  each: a\n  fields:\n    b:\n      each: b\n      fields:\n        c: { from: c, type: integer }\n        i: $index\n    j: $index";

        Assert.Equal("message:1:45: error DAT310: a[1].b[1].c: \"x\" is not a number", Mapped.Run(fields, """{"a":[{"b":[]},{"b":[{"c":1},          {"c":"x"}]}]}"""));
        Assert.Equal("""{"a":[{"b":[{"c":1,"i":0}],"j":0},{"b":[],"j":1}]}""", Mapped.Run(fields, """{"a":[{"b":[{"c":1}]},{}]}"""));
    }

    [Fact]
    public void Parent_OfAnInnerElement_IsTheOuterOne() =>
        Assert.Equal(
            """{"a":[{"b":[{"up":1,"top":9}]}]}""",
            Mapped.Run("a:\n  each: a\n  fields:\n    b:\n      each: b\n      fields:\n        up: \"%.n\"\n        top: \"%.%.n\"", """{"n":9,"a":[{"n":1,"b":[{}]}]}"""));

    [Fact]
    public void MissingValue_OfAnElement_NamesTheElement() =>
        Assert.Equal("message:1:21: error DAT301: items[1].sku: no value: sku is missing; the object has skuu. Did the sender rename sku to skuu?", Mapped.Run(Skus, """{"lines":[{"sku":1},{"skuu":2}]}"""));
}
