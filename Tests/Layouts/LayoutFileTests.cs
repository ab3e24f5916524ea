using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Layouts;
using Mappings.Yaml;
using Tests.Architecture;

namespace Tests.Layouts;

public class LayoutFileTests
{
    private const string Fixed = """
        layout: pay
        line: { length: 20 }
        records:
          head:
            when: { at: 1, is: "01" }
            once: true
            fields:
              no: { at: 3, length: 5, required: true }
          row:
            when: { at: 1, is: [ "02", "03" ] }
            fields:
              day: { at: 3, length: 8, type: date, in: yyyyMMdd }
              sum: { at: 11, length: 10, type: decimal, implied: 2 }
        """;

    private const string Edifact = """
        layout: orders
        kind: edifact
        records:
          order:
            when: { type: ORDERS, version: D.96A }
            segments:
              - { segment: BGM, required: true, fields: { orderNo: { at: 2, required: true } } }
              - { segment: DTM, where: { 1.1: "137" }, fields: { orderDate: { at: 1.2, type: date, in: yyyyMMdd } } }
              - { segment: DTM, where: { 1.1: "2" }, fields: { deliveryDate: { at: 1.2, type: date, in: yyyyMMdd } } }
              - segment: LIN
                as: lines
                many: true
                fields: { no: 1 }
                segments:
                  - { segment: QTY, fields: { quantity: { at: 1.2, type: decimal } } }
        """;

    [Fact]
    public void Fixed_GivesTheContractOfItsRecords()
    {
        var layout = Read(Fixed)!;

        var row = layout.ContractOf("row")!;
        Assert.Equal("pay.row", row.Name);
        Assert.Equal(["day", "sum"], row.Root.Members.Select(m => m.Key));
        Assert.Equal((ContractKinds.Text, ContractFormat.Date), (row.Root.Member("day")!.Kinds, row.Root.Member("day")!.Format));
        Assert.Equal(ContractKinds.Number, row.Root.Member("sum")!.Kinds);
        Assert.Equal(["no"], layout.ContractOf("head")!.Root.Required);
        Assert.Equal(["head"], layout.FileContract.Root.Members.Select(m => m.Key));
        Assert.True(layout.Record("head")!.IsOnce);
        Assert.Null(layout.ContractOf("tail"));
    }

    [Fact]
    public void Edifact_GivesTheContractOfItsMessages()
    {
        var order = Read(Edifact)!.ContractOf("order")!.Root;

        Assert.Equal(["orderNo", "orderDate", "deliveryDate", "lines"], order.Members.Select(m => m.Key));
        Assert.Equal(["orderNo"], order.Required);
        var line = order.Member("lines")!.Items!;
        Assert.Equal(["no", "quantity"], line.Members.Select(m => m.Key));
        Assert.Equal(ContractKinds.Number, line.Member("quantity")!.Kinds);
    }

    [Fact]
    public void Example_OfTheBank_IsRead()
    {
        var findings = new Findings();
        var root = YamlFile.Parse("layouts/bank-b2.yaml", File.ReadAllBytes(Repository.Path("config", "layouts", "bank-b2.yaml")), findings)!;

        Assert.Equal(["header", "detail", "trailer"], LayoutFile.Read(root, findings)!.Records.Select(r => r.Name));
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("line: { length: 20 }", "line: { end: none }", "layouts/x.yaml:2:14: error FMT263: line.end: lines without an end need a length")]
    [InlineData("day: { at: 3,", "day: { at: 4,", "layouts/x.yaml:13:7: error FMT264: records.row.fields.sum: the field takes the places 11-20, but day takes 4-11")]
    [InlineData("sum: { at: 11", "sum: { at: 12", "layouts/x.yaml:13:18: error FMT265: records.row.fields.sum: the places 12-21 are not in the line, which has 20")]
    [InlineData("\"02\", \"03\"", "\"02\", \"01\"", "layouts/x.yaml:9:3: error FMT270: records.row: what is this record can be head as well")]
    [InlineData("when: { at: 1, is: [ \"02\", \"03\" ] }", "when: { at: 9, is: 7 }", "layouts/x.yaml:9:3: error FMT270: records.row: what is this record can be head as well")]
    [InlineData("\"02\", \"03\"", "\"02\", \"3\"", "layouts/x.yaml:10:33: error FMT268: records.row.when.is[1]: \"3\" is not 2 printable ASCII characters")]
    [InlineData("    when: { at: 1, is: [ \"02\", \"03\" ] }\n", "", "layouts/x.yaml:9:3: error FMT269: records.row: there are several records, and nothing says which lines are this one")]
    [InlineData("once: true", "last: true", "layouts/x.yaml:6:5: error FMT266: records.head.last: a last record is one that a file has once")]
    [InlineData("in: yyyyMMdd", "in: yyMMdd", "layouts/x.yaml:12:48: error MAP214: records.row.fields.day.in: \"yyMMdd\" is no date or time pattern: \"yy\"")]
    [InlineData("in: yyyyMMdd", "implied: 2", "layouts/x.yaml:12:44: error FMT262: records.row.fields.day.implied: implied has no meaning with type: date; it belongs to decimal")]
    [InlineData("implied: 2 }", "pad: xx }", "layouts/x.yaml:13:54: error FMT267: records.row.fields.sum.pad: a pad is one printable ASCII character; found \"xx\"")]
    [InlineData("fields:\n      no: { at: 3, length: 5, required: true }", "fields: {}", "layouts/x.yaml:7:13: error FMT260: records.head.fields: nothing is described here")]
    public void Fixed_WithAFault_SaysWhere(string written, string wrong, string expected) => Assert.Equal([expected], Faults(Fixed, written, wrong));

    [Theory]
    [InlineData("kind: edifact", "kind: x12\nwidths: chars", "layouts/x.yaml:3:1: error FMT261: widths: widths has no meaning with kind: x12")]
    [InlineData("segment: LIN", "segment: UNT", "layouts/x.yaml:10:18: error FMT272: records.order.segments[3].segment: \"UNT\" is not the tag of a segment in a message")]
    [InlineData("        as: lines\n", "", "layouts/x.yaml:11:9: error FMT273: records.order.segments[3].many: what comes more than once needs a member of its own|layouts/x.yaml:10:18: error FMT276: LIN: a segment that begins a group needs a member of its own")]
    [InlineData("orderNo: { at: 2,", "orderNo: { at: 2.x,", "layouts/x.yaml:7:66: error FMT274: records.order.segments[0].fields.orderNo.at: \"2.x\" is not the place of an element")]
    [InlineData("deliveryDate", "orderDate", "layouts/x.yaml:9:56: error FMT275: orderDate: the name \"orderDate\" stands twice in one object")]
    [InlineData("fields: { no: 1 }", "fields: { quantity: 1 }", "layouts/x.yaml:15:39: error FMT275: quantity: the name \"quantity\" stands twice in one object")]
    public void Edi_WithAFault_SaysWhere(string written, string wrong, string expected) => Assert.Equal(expected.Split('|'), Faults(Edifact, written, wrong));

    private static IEnumerable<string> Faults(string layout, string written, string wrong)
    {
        layout = layout.ReplaceLineEndings("\n");
        Assert.Contains(written, layout, StringComparison.Ordinal);
        var findings = new Findings();
        Assert.Null(LayoutFile.Read(YamlFile.Parse("layouts/x.yaml", layout.Replace(written, wrong, StringComparison.Ordinal), findings)!, findings));
        return findings.Select(f => f.ToString());
    }

    private static LayoutDefinition? Read(string layout)
    {
        var findings = new Findings();
        var read = LayoutFile.Read(YamlFile.Parse("layouts/x.yaml", layout, findings)!, findings);
        Assert.Empty(findings);
        return read;
    }
}
