using System.Buffers;
using System.Text;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Mapping;
using Mappings.Mapping.Tracing;
using Mappings.Xrefs;

namespace Tests.Mapping;

public sealed class MappingTraceTests
{
    [Theory]
    [InlineData("a: no", "a: \"S-1\" <- no | no = \"S-1\" message:1:7")]
    [InlineData("a: = no & \"/\" & buyer.name", "a: \"S-1/Vins\" <- no & \"/\" & buyer.name | no = \"S-1\" message:1:7 | buyer.name = \"Vins\" message:1:42")]
    [InlineData("a: { from: status, map: { W: won } }", "a: \"won\" <- status | status = \"W\" message:1:59 | map: \"W\" becomes \"won\"")]
    [InlineData("a: { from: status, map: { X: won }, else: open }", "a: \"open\" <- status | status = \"W\" message:1:59 | \"W\" is not in the table: else gives \"open\"")]
    [InlineData("a: { from: uom, lookup: uom }", "a: \"pc\" <- uom | uom = \"PCS\" message:1:69 | lookup uom: \"PCS\" becomes \"pc\"")]
    [InlineData("a: = $table(\"uom\", uom)", "a: \"pc\" <- $table(\"uom\", uom) | uom = \"PCS\" message:1:69 | $table(\"uom\", uom) = \"pc\"")]
    [InlineData("a: { from: amount, type: decimal, scale: 1 }", "a: 1.3 <- amount | amount = 1.25 message:1:84 | type decimal: 1.25 becomes 1.3")]
    [InlineData("a: { from: no, max_length: 1, too_long: cut }", "a: \"S\" <- no | no = \"S-1\" message:1:7 | cut: \"S-1\" becomes \"S\"")]
    [InlineData("a: { from: seller.name, default: nobody }", "a: \"nobody\" <- seller.name | seller.name = no value | the default is taken")]
    [InlineData("a: { from: seller.name, required: false }", "a: - <- seller.name | seller.name = no value | DAT301")]
    [InlineData("a: seller.name", "a: - <- seller.name | seller.name = no value | DAT301")]
    [InlineData("a: { from: no, pattern: \"[0-9]+\", on_error: drop }", "a: - <- no | no = \"S-1\" message:1:7 | the bad value is left out | DAT331")]
    [InlineData("a: { from: buyer.pin, secret: true, map: { \"4711\": x } }", "a: (value hidden) <- buyer.pin | buyer.pin = (value hidden) message:1:28 | map: (value hidden) becomes (value hidden)")]
    [InlineData("a: = buyer.pin & \"\"\nb: { from: buyer.pin, secret: true }", "a: \"4711\" <- buyer.pin & \"\" | buyer.pin = (value hidden) message:1:28\nb: (value hidden) <- buyer.pin | buyer.pin = (value hidden) message:1:28")]
    [InlineData("a: { const: CNY }", "a: \"CNY\" <- CNY")]
    [InlineData("a: { fields: { b: no } }", "a.b: \"S-1\" <- no | no = \"S-1\" message:1:7")]
    [InlineData("a: { each: lines, fields: { s: sku } }", "a: […] <- lines | elements: 2\na[0].s: \"A\" <- sku | lines[0].sku = \"A\" message:1:111\na[1].s: \"B\" <- sku | lines[1].sku = \"B\" message:1:137")]
    [InlineData("a: { each: lines.sku }", "a: [\"A\",\"B\"] <- lines.sku | lines[0].sku = \"A\" message:1:111 | lines[1].sku = \"B\" message:1:137 | elements: 2")]
    [InlineData("a: { from: status, xref: { entity: s, from: erp, to: crm, missing: error } }", "a: \"C-W\" <- status | status = \"W\" message:1:59 | xref s: W is C-W in crm")]
    public void Fields_SayWhereTheirValuesComeFrom(string fields, string shown) => Assert.Equal(shown, Trace(fields));

    [Fact]
    public void Lets_StandBeforeTheFieldsThatUseThem() =>
        Assert.Equal(
            "$net: 5 <- $sum(lines.qty) | lines[0].qty = 2 message:1:121 | lines[1].qty = 3 message:1:147\na: 10 <- $net * 2 | $net = 5",
            Trace("a: = $net * 2", "let: { net: $sum(lines.qty) }"));

    [Fact]
    public void Sources_OfASecretLet_AreHidden() =>
        Assert.Equal(
            "$pin: (value hidden) <- buyer.pin & '' | buyer.pin = (value hidden) message:1:28\na: (value hidden) <- $pin | $pin = (value hidden)\nb: \"4711!\" <- $pin & \"!\" | $pin = (value hidden)",
            Trace("a: { from: $pin, secret: true }\nb: = $pin & \"!\"", "let: { pin: \"buyer.pin & ''\" }"));

    [Fact]
    public void Sources_BehindAVariable_AreToldByTheirPath()
    {
        var plan = Mapped.Plan(Mapped.Fields("a: $message.header.no\nb: = $message.header.no & no"));
        var trace = new MappingTrace();
        using var run = new MappingRun(plan) { Trace = trace };
        run.SetVariable("message", Record("""{"header":{"no":"F7"}}"""));

        plan.Run(run, Record(Json), new ArrayBufferWriter<byte>());

        Assert.Equal(
            ["a: \"F7\" <- $message.header.no | $message.header.no = \"F7\"", "b: \"F7S-1\" <- $message.header.no & no | $message.header.no = \"F7\" | no = \"S-1\" message:1:7"],
            trace.Fields.Select(Line));
    }

    [Fact]
    public void Sources_OfALongList_AreCounted()
    {
        var lines = string.Join(',', Enumerable.Range(1, 40).Select(i => $"{{\"qty\":{i}}}"));

        var field = Fields(Mapped.Plan(Mapped.Fields("a: = $sum(lines.qty)")), $"{{\"lines\":[{lines}]}}").Single();

        Assert.Equal((12, 28), (field.Sources.Count, field.MoreSources));
    }

    [Fact]
    public void Run_Watched_WritesTheSameDocument()
    {
        var plan = Mapped.Plan(Mapped.Fields("a: no\nb: { each: lines, fields: { s: sku, t: = qty * 2, u: { from: u, required: false } } }\nc: { fields: { d: { from: x, required: false } }, required: false }"));
        using var run = new MappingRun(plan) { Trace = new MappingTrace() };
        var output = new ArrayBufferWriter<byte>();

        plan.Run(run, Record(Json), output);

        Mapped.Result(plan, Json, out var document);
        Assert.Equal(document, Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Trace_OfTheNextRecord_ForgetsTheLast()
    {
        var plan = Mapped.Plan(Mapped.Fields("a: no"));
        var trace = new MappingTrace();
        using var run = new MappingRun(plan) { Trace = trace };
        plan.Run(run, Record(Json), new ArrayBufferWriter<byte>());

        plan.Run(run, Record("{\"no\":2}"), new ArrayBufferWriter<byte>());

        Assert.Equal("2", trace.Fields.Single().Value);
    }

    private const string Json = """{"no":"S-1","buyer":{"pin":"4711","name":"Vins"},"status":"W","uom":"PCS","amount":1.25,"lines":[{"x":1,"sku":"A","qty":2},{"x":1,"sku":"B","qty":3}]}""";

    private static string Trace(string fields, string head = "") =>
        string.Join('\n', Fields(Mapped.Plan(Mapped.Fields(fields, "source: { system: erp }\ntarget: { system: crm }\n" + head)), Json).Select(Line));

    private static IReadOnlyList<FieldTrace> Fields(MappingPlan plan, string json)
    {
        var xrefs = new MemoryXrefs();
        xrefs.Add("s", "W", "C-W");
        var trace = new MappingTrace();
        using var run = new MappingRun(plan) { Trace = trace, XrefSource = xrefs };
        plan.Run(run, Record(json), new ArrayBufferWriter<byte>());
        return trace.Fields;
    }

    private static Value Record(string json)
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, ReaderOptions.Default, out _));
        return Value.FromTape(builder.Build(), 0);
    }

    private static string Line(FieldTrace field) => string.Join(" | ",
    [
        $"{field.Path}: {field.Value ?? "-"} <- {field.Text}",
        .. field.Sources.Select(source => $"{source.Path} = {source.Value ?? "no value"}{(source.At is { } at ? $" {at}" : string.Empty)}"),
        .. field.Notes.Select(note => note.ToString()),
        .. field.Findings.Select(finding => finding.Code),
    ]);
}
