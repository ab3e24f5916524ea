using System.Text;
using Mappings.Documents;
using Mappings.Formats;
using Mappings.Formats.Json;

namespace Tests.Formats;

public class EdiReaderTests
{
    [Fact]
    public void Edifact_Order_IsAnObject()
    {
        using var reader = FormatReader.Open(Encoding.UTF8.GetBytes(EdiExamples.Orders), EdiExamples.Edifact);

        Assert.Equal(RecordStatus.Record, reader.Read());
        Assert.Equal(
            """{"documentType":"220","orderNo":"PO-4711","function":"9","orderDate":"2024-11-05","deliverBy":"2024-11-18T12:00:00","notes":[{"about":"DEL","text":"Deliver to gate 3: ring twice","more":"Don't stack"}],"buyer":{"gln":"4012345000009","name":"Müller + Söhne GmbH","contact":"王芳","contacts":[{"number":"+49 89 1234","kind":"TE"},{"number":"einkauf@example.com","kind":"EM"}]},"supplier":{"gln":"4098765000004","name":"Northwind Traders"},"currency":"EUR","lines":[{"no":1,"article":"5900000000011","supplierArticle":"CHAI-40","description":"Chai 40 bags","quantity":12,"unit":"PCE","price":18.50},{"no":2,"article":"5900000000028","quantity":0.750,"unit":"KGM"}],"lineCount":2}""",
            Json(reader.Tape));
        Assert.Equal(
            """{"interchange":{"syntax":"UNOC","syntaxVersion":"3","sender":"4012345000009","senderQualifier":"14","recipient":"4098765000004","recipientQualifier":"14","date":"241105","time":"1030","reference":"INT00042","application":"ORDERS"},"message":{"reference":"1","type":"ORDERS","version":"D","release":"96A","agency":"UN","association":"EAN008"}}""",
            Json(reader.FileTape!));
        Assert.Equal("in:3:1", reader.At.ToString());
        Assert.Equal((4, 9), reader.Tape.PositionOf(reader.Tape.Find(0, "orderNo"u8)));
        Assert.StartsWith("UNH+1", Encoding.UTF8.GetString(reader.Original.Span), StringComparison.Ordinal);
        Assert.EndsWith("UNT+21+1'", Encoding.UTF8.GetString(reader.Original.Span), StringComparison.Ordinal);
        Assert.Equal(RecordStatus.End, reader.Read());
    }

    [Fact]
    public void X12_Order_IsAnObject()
    {
        using var reader = FormatReader.Open(Encoding.UTF8.GetBytes(EdiExamples.Purchase), EdiExamples.X12);

        Assert.Equal(RecordStatus.Record, reader.Read());
        Assert.Equal(
            """{"purpose":"00","orderNo":"PO-4711","orderDate":"2024-11-05","currency":"USD","references":[{"kind":"DP","value":"038"},{"kind":"PS","value":"R"}],"shipTo":{"name":"Lazy K Kountry Store","id":"0038","street":"12 Orchestra Terrace","city":"Walla Walla","state":"WA","zip":"99362"},"lines":[{"no":1,"quantity":12,"unit":"EA","price":18.5,"sku":"CHAI-40","description":"Chai 40 bags"},{"no":2,"quantity":0.75,"unit":"LB","price":-2,"sku":"TOFU"}],"lineCount":2,"total":220.50}""",
            Json(reader.Tape));
        Assert.Equal(
            """{"interchange":{"senderQualifier":"ZZ","sender":"NORTHWIND","recipientQualifier":"01","recipient":"123456789","date":"241105","time":"1030","version":"00401","reference":"000000042","test":"P"},"group":{"type":"PO","sender":"NORTHWIND","recipient":"123456789","date":"20241105","time":"1030","reference":"42","agency":"X","version":"004010"},"message":{"type":"850","reference":"0001"}}""",
            Json(reader.FileTape!));
        Assert.Equal(RecordStatus.End, reader.Read());
    }

    [Fact]
    public void Examples_MeetTheContractOfTheirLayout()
    {
        foreach (var (options, text) in ((FormatOptions, string)[])[(EdiExamples.Edifact, EdiExamples.Orders), (EdiExamples.X12, EdiExamples.Purchase)])
        {
            using var reader = FormatReader.Open(Encoding.UTF8.GetBytes(text), options);
            Assert.Equal(RecordStatus.Record, reader.Read());
            var findings = new Mappings.Diagnostics.Findings();
            Assert.True(options.Layout!.ContractOf("order")!.Validate(reader.Tape, 0, findings), string.Join('\n', findings));
            Assert.True(options.Layout!.FileContract.Validate(reader.FileTape!, 0, findings), string.Join('\n', findings));
        }
    }

    [Theory]
    [InlineData("PO-4711", "", "Bad: in:4:1: error FMT242: orderNo: there is no value, and one is required")]
    [InlineData("DTM+137:20241105", "DTM+137:20240230", "Bad: in:5:9: error DAT311: orderDate: \"20240230\" is not a date (2024-02 has 29 days); expected yyyyMMdd")]
    [InlineData("QTY+21:0.750", "QTY+21:0,750", "Bad: in:20:8: error FMT241: lines[1].quantity: \"0,750\" is not digits (QTY 1.2)")]
    [InlineData("CUX+2:EUR:9'", "CUX+2:EUR:9'\nALC+A'", "Bad: in:14:1: error FMT252: the layout has no segment ALC here; it could have LIN, UNS, CNT (1 = 2)")]
    [InlineData("BGM+220+PO-4711+9'\n", "", "Bad: in:22:1: error FMT253: the segment BGM is missing in ORDERS")]
    [InlineData("QTY+21:12:PCE'\n", "", "Bad: in:18:1: error FMT253: the segment QTY (1 = 21) is missing in LIN")]
    [InlineData("CUX+2:EUR:9'", "CUX+2:EUR:9'\nCUX+2:USD:9'", "Bad: in:14:1: error FMT256: CUX comes more than once")]
    [InlineData("UNT+21+1", "UNT+20+1", "Bad: in:23:1: error FMT254: UNT counts 20, the file has 21")]
    [InlineData("UNT+21+1", "UNT+21+2", "Bad: in:23:1: error FMT255: UNT closes 2, but UNH opened 1")]
    [InlineData("ORDERS:D:96A", "ORDERS:D:01B", "Bad: in:3:1: error FMT257: the layout has no message ORDERS D.01B; it has ORDERS D.96A")]
    [InlineData("UNZ+1", "UNZ+2", "Broken: in:24:1: error FMT254: UNZ counts 2, the file has 1")]
    [InlineData("UNZ+1+INT00042'", "", "Broken: in:24:1: error FMT251: the file ends in the middle: UNB is not closed by UNZ")]
    [InlineData("UNZ+1+INT00042'", "UNZ+1+INT", "Broken: in:24:1: error FMT251: the file ends in the middle: \"UNZ+1+INT\" is not closed by '")]
    [InlineData("UNT+21+1'\n", "", "Broken: in:23:1: error FMT251: the file ends in the middle: UNH is not closed by UNT")]
    [InlineData("UNA:+.? '", "UNA:+.?+'", "Broken: in:1:1: error FMT258: UNA does not name separators that differ from each other")]
    [InlineData("UNB+UNOC", "XXX+UNOC", "Broken: in:2:1: error FMT250: expected UNB, found \"XXX+UNOC\"")]
    public void Edifact_WithAFault_SaysWhere(string written, string wrong, string expected) => Says(EdiExamples.Edifact, EdiExamples.Orders, written, wrong, expected);

    [Theory]
    [InlineData("*22050~", "*220.50~", "Bad: in:15:8: error FMT241: total: \"220.50\" is not digits (AMT 2)")]
    [InlineData("SE*14*", "SE*13*", "Bad: in:16:1: error FMT254: SE counts 13, the file has 14")]
    [InlineData("GE*1*42", "GE*1*43", "Broken: in:17:1: error FMT255: GE closes 43, but GS opened 42")]
    [InlineData("IEA*1", "IEA*3", "Broken: in:18:1: error FMT254: IEA counts 3, the file has 1")]
    [InlineData("GS*PO", "ST*PO", "Broken: in:2:1: error FMT250: expected ISA, GS, ST, found \"ST\"")]
    [InlineData("*ZZ*NORTHWIND ", "*ZZ*NORTHWIND", "Broken: in:1:1: error FMT258: ISA does not name separators that differ from each other")]
    [InlineData("004010~", "005010~", "Bad: in:3:1: error FMT257: the layout has no message 850 005010; it has 850 004010")]
    public void X12_WithAFault_SaysWhere(string written, string wrong, string expected) => Says(EdiExamples.X12, EdiExamples.Purchase, written, wrong, expected);

    [Fact]
    public void Segments_TheLayoutDoesNotName_ArePassedOverWhenItSaysSo()
    {
        var options = EdiExamples.Options(MessageFormat.Edifact, EdiExamples.OrdersLayout.Replace("    segments:\n      - { segment: BGM", "    others: skip\n    segments:\n      - { segment: BGM", StringComparison.Ordinal));

        var records = Reading.Records(options, EdiExamples.Orders.Replace("CUX+2:EUR:9'", "CUX+2:EUR:9'\nALC+A'\nDTM+63:20241231:102'", StringComparison.Ordinal).Replace("UNT+21", "UNT+23", StringComparison.Ordinal));

        Assert.Contains("\"currency\":\"EUR\",\"lines\"", records[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Separators_AreThoseOfTheFile()
    {
        var edifact = EdiExamples.Orders.Replace("UNA:+.? '\n", "", StringComparison.Ordinal).Replace("18.50", "18,50", StringComparison.Ordinal).Replace("0.750", "0,750", StringComparison.Ordinal);
        var x12 = EdiExamples.Purchase.Replace("~\n", "\n", StringComparison.Ordinal).Replace('*', '|');

        Assert.Equal(Reading.Records(EdiExamples.Edifact, EdiExamples.Orders), Reading.Records(EdiExamples.Edifact, "UNA:+,? '\n" + edifact));
        Assert.Equal(Reading.Records(EdiExamples.X12, EdiExamples.Purchase), Reading.Records(EdiExamples.X12, x12.TrimEnd('~')  + "\n"));
        Assert.Equal(Reading.Records(EdiExamples.Edifact, EdiExamples.Orders), Reading.Records(EdiExamples.Edifact, EdiExamples.Orders.Replace("\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void BadMessage_DoesNotStopTheNext()
    {
        var two = EdiExamples.Orders
            .Replace("UNH+1", "UNH+0+ORDERS:D:96A:UN'\nBGM+220+X+9'\nUNT+3+0'\nUNH+1", StringComparison.Ordinal)
            .Replace("UNZ+1", "UNZ+2", StringComparison.Ordinal);

        var records = Reading.Records(EdiExamples.Edifact, two);

        Assert.Equal("Bad: in:5:1: error FMT253: the segment DTM (1 = 137) is missing in ORDERS", records[0]);
        Assert.Contains("PO-4711", records[1], StringComparison.Ordinal);
        Assert.Equal("end", records[2]);
    }

    [Fact]
    public void Streaming_GivesTheSame()
    {
        foreach (var atATime in (int[])[1, 5, 100])
        {
            Assert.Equal(Reading.Records(EdiExamples.Edifact, EdiExamples.Orders), Reading.Streamed(EdiExamples.Edifact, Encoding.UTF8.GetBytes(EdiExamples.Orders), atATime));
            Assert.Equal(Reading.Records(EdiExamples.X12, EdiExamples.Purchase), Reading.Streamed(EdiExamples.X12, Encoding.UTF8.GetBytes(EdiExamples.Purchase), atATime));
        }
    }

    private static void Says(FormatOptions options, string text, string written, string wrong, string expected)
    {
        Assert.Contains(written, text, StringComparison.Ordinal);
        Assert.Contains(expected, Reading.Records(options, text.Replace(written, wrong, StringComparison.Ordinal)));
    }

    private static string Json(Tape tape) => Encoding.UTF8.GetString(TapeJson.ToArray(tape, 0));
}
