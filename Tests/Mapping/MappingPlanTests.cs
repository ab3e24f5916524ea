using Mappings.Mapping;

namespace Tests.Mapping;

public sealed class MappingPlanTests
{
    private const string Order = """
        {
          "no": "SO-1",
          "buyer": { "code": "C1", "name": "Ana \"A\" Ruiz" },
          "lines": [
            { "sku": "A", "qty": 2, "price": 19.90 },
            { "sku": "B", "qty": "x", "price": 0.10 }
          ]
        }
        """;

    [Fact]
    public void Path_OfAText_IsCopiedWithItsEscapes() => Assert.Equal("""{"name":"Ana \"A\" Ruiz","no":"SO-1"}""", Mapped.Run("name: buyer.name\nno: no", Order));

    [Fact]
    public void Constant_OfEachKind_IsTyped() =>
        Assert.Equal("""{"a":"CNY","b":1.50,"c":true,"d":null}""", Mapped.Run("a: { const: CNY }\nb: { const: 1.50 }\nc: { const: true }\nd: { const: null }", "{}"));

    [Fact]
    public void Object_WithNoMember_IsLeftOutUnlessRequired() =>
        Assert.Equal("""{"b":{}}""", Mapped.Run("a: { required: false, fields: { x: { from: q, required: false } } }\nb: { fields: { x: { from: q, required: false } } }", "{}"));

    [Fact]
    public void List_WithoutEach_IsCopiedWhole() => Assert.Equal("""{"a":[1.0,{"b":"c"}]}""", Mapped.Run("a: x", """{"x":[1.0, {"b":"c"}]}"""));

    [Fact]
    public void Values_FromAPathThroughAList_AreAnErrorThatAdvisesEach() =>
        Assert.Equal("message:1:1: error DAT332: sku: 2 values where one is wanted", Mapped.Run("sku: lines.sku", Order));

    [Fact]
    public void Errors_OfOneRecord_AreAllReportedWithTheirPlaces() =>
        Assert.Equal(
            """
            message:2:9: error DAT320: stage: "SO-1" is not in the map (SO-2, CANCELLED); did you mean "SO-2"?
            message:3:12: error DAT301: owner: no value: buyer.nmae is missing; the object has code, name. Did the sender rename nmae to name?
            message:6:26: error DAT310: items[1].qty: "x" is not a number
            """,
            Mapped.Run("stage: { from: no, map: { SO-2: open, CANCELLED: lost } }\nowner: buyer.nmae\nitems:\n  each: lines\n  fields:\n    qty: { from: qty, type: decimal }", Order));

    [Fact]
    public void Finding_OfAValue_NamesTheMappingsPlace()
    {
        var plan = Mapped.Plan(Mapped.Fields("qty:\n  expr: lines[1].qty * 2\n  type: decimal"));

        var finding = Mapped.Result(plan, Order, out var document).Findings.Single();

        Assert.Equal("", document);
        Assert.Equal("T2001", finding.Code);
        Assert.Equal("message:6:26", finding.At.ToString());
        Assert.Equal("m.yaml:5:11", finding.Mapping.ToString());
    }

    [Fact]
    public void Errors_AreCollectedUpToTwenty()
    {
        var fields = string.Join('\n', Enumerable.Range(0, 30).Select(i => $"f{i}: x{i}"));

        Assert.Equal(MappingPlan.MaxFindings, Mapped.Result(Mapped.Plan(Mapped.Fields(fields)), "{}", out _).Findings.Count);
    }

    [Fact]
    public void Let_UsesTheLetsBeforeIt() =>
        Assert.Equal("""{"c":7}""", Mapped.Run("c: = $b + 1", """{"x":3}""", "let:\n  a: = x\n  b: = $a * 2"));

    [Fact]
    public void Let_ThatFails_IsTheOnlyFinding() =>
        Assert.Equal("message:1:1: error DAT380: $a: y has no value, so + cannot be computed", Mapped.Run("c: $a\nd: nowhere", """{"x":3}""", "let:\n  a: = y + 1"));

    [Fact]
    public void Source_IsTheRecordInsideOfLists() =>
        Assert.Equal("""{"items":[{"no":"SO-1","at":0,"up":"SO-1"},{"no":"SO-1","at":1,"up":"SO-1"}]}""", Mapped.Run("items:\n  each: lines\n  fields:\n    no: $source.no\n    at: = $index\n    up: \"%.no\"", Order));

    [Fact]
    public void Table_InAnExpression_Translates() => Assert.Equal("""{"u":"box"}""", Mapped.Run("u: = $table(\"uom\", u)", """{"u":"BOX"}"""));

    [Fact]
    public void Table_WithoutTheKey_SaysWhatWasMeant() =>
        Assert.Equal("message:1:1: error LKP401: u: \"PCX\" is not in the lookup uom; did you mean \"PCS\"?", Mapped.Run("u: = $table(\"uom\", u)", """{"u":"PCX"}"""));

    [Fact]
    public void SkipWhen_Met_WritesNothing() => Assert.Equal("skipped", Mapped.Run("a: x", """{"status":"DRAFT"}""", "skip_when: status = \"DRAFT\""));

    [Fact]
    public void SkipWhen_MayUseALet() => Assert.Equal("skipped", Mapped.Run("a: x", """{"n":3}""", "let:\n  m: = n + 1\nskip_when: $m = 4"));

    [Fact]
    public void SkipWhen_WithoutABoolean_IsAnError() =>
        Assert.Equal("message:1:7: error DAT355: skip_when gives \"no\", neither true nor false", Mapped.Run("a: { const: 1 }", """{"f": "no"}""", "skip_when: f"));

    [Fact]
    public void BadRecord_OfASkippingMapping_IsSkippedWithWarnings() =>
        Assert.Equal("skipped\nmessage:1:1: warning DAT301: a: no value: x is missing; the object has name", Mapped.Run("a: x", """{"name":1}""", "on_error: { record: skip }"));

    [Fact]
    public void Check_NotMet_FailsTheRecord() =>
        Assert.Equal("message:1:1: error DAT353: the check \"small\" is not met", Mapped.Run("a: x", """{"x":12}""", "checks:\n  - { name: small, expr: a < $source.x }"));

    [Fact]
    public void Check_ThatWarns_LetsTheDocumentPass() =>
        Assert.Equal("""{"a":12}""" + "\nmessage:1:1: warning DAT353: the check \"small\" is not met", Mapped.Run("a: x", """{"x":12}""", "checks:\n  - { name: small, expr: $target.a < 10, otherwise: warn }"));

    [Fact]
    public void Check_WithoutABoolean_IsAnError() =>
        Assert.Equal("message:1:1: error DAT354: the check \"c\" gives no value, neither true nor false", Mapped.Run("a: x\nb: { from: y, required: false }", """{"x":12}""", "checks:\n  - { name: c, expr: b }"));

    [Fact]
    public void Run_OfASecondRecord_StartsAnew()
    {
        var plan = Mapped.Plan(Mapped.Fields("a: $message"));
        using var run = new MappingRun(plan);
        run.SetVariable("message", Mappings.Expressions.Value.FromText("m"));
        var output = new System.Buffers.ArrayBufferWriter<byte>();

        plan.Run(run, Mappings.Expressions.Value.Null, output);
        plan.Run(run, Mappings.Expressions.Value.Null, output);

        Assert.Equal("""{"a":"m"}{"a":"m"}""", System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void CopiedValues_AllocateNothing()
    {
        var plan = Mapped.Plan(Mapped.Fields("no: no\nbuyer:\n  fields:\n    name: buyer.name\nitems:\n  each: lines\n  fields:\n    sku: { from: sku, map: { A: a, B: b } }\n    price: { from: price, type: decimal, scale: 2 }"));
        var builder = new Mappings.Documents.TapeBuilder();
        Assert.True(Mappings.Formats.Json.JsonTapeReader.TryRead(System.Text.Encoding.UTF8.GetBytes(Order), builder, Mappings.Formats.ReaderOptions.Default, out _));
        var record = Mappings.Expressions.Value.FromTape(builder.Build(), 0);
        using var run = new MappingRun(plan);
        var output = new System.Buffers.ArrayBufferWriter<byte>(1 << 20);
        for (var i = 0; i < 100; i++) Assert.Equal(MappingResultKind.Mapped, plan.Run(run, record, output).Kind);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) plan.Run(run, record, output);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Plan_RunByManyThreads_GivesEachItsOwnDocument()
    {
        var plan = Mapped.Plan(Mapped.Fields("items:\n  each: x\n  fields:\n    n: = $index + n", "let:\n  t: = $sum(x.n)\nchecks:\n  - { name: same, expr: $t = $sum($source.x.n) }"));

        Parallel.For(0, 200, i => Assert.Equal($$"""{"items":[{"n":{{i}}},{"n":{{i + 2}}}]}""", Mapped.Run(plan, $$"""{"x":[{"n":{{i}}},{"n":{{i + 1}}}]}""")));
    }
}
