using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Layouts;
using Mappings.Yaml;

namespace Tests.Formats;

/// <summary>An order as trading partners send it, once in each standard.</summary>
internal static class EdiExamples
{
    public const string OrdersLayout = """
        layout: orders-d96a
        kind: edifact
        records:
          order:
            when: { type: ORDERS, version: D.96A }
            segments:
              - { segment: BGM, required: true, fields: { documentType: 1, orderNo: { at: 2, required: true }, function: 3 } }
              - { segment: DTM, where: { 1.1: "137" }, required: true, fields: { orderDate: { at: 1.2, type: date, in: yyyyMMdd } } }
              - { segment: DTM, where: { 1.1: "2" }, fields: { deliverBy: { at: 1.2, type: datetime, in: yyyyMMddHHmm } } }
              - { segment: FTX, as: notes, many: true, fields: { about: 1, text: 4, more: 4.2 } }
              - segment: NAD
                where: { 1: BY }
                as: buyer
                required: true
                fields: { gln: 2, name: 4 }
                segments:
                  - { segment: CTA, fields: { contact: 2.2 } }
                  - { segment: COM, as: contacts, many: true, fields: { number: 1, kind: 1.2 } }
              - { segment: NAD, where: { 1: [ SU, SE ] }, as: supplier, fields: { gln: 2, name: 4 } }
              - { segment: CUX, fields: { currency: 1.2 } }
              - segment: LIN
                as: lines
                many: true
                required: true
                fields: { no: { at: 1, type: integer }, article: 3 }
                segments:
                  - { segment: PIA, fields: { supplierArticle: 2 } }
                  - { segment: IMD, fields: { description: 3.4 } }
                  - { segment: QTY, where: { 1.1: "21" }, required: true, fields: { quantity: { at: 1.2, type: decimal, required: true }, unit: 1.3 } }
                  - { segment: PRI, fields: { price: { at: 1.2, type: decimal } } }
              - { segment: UNS }
              - { segment: CNT, where: { 1.1: "2" }, fields: { lineCount: { at: 1.2, type: integer } } }
        """;

    public const string Orders = """
        UNA:+.? '
        UNB+UNOC:3+4012345000009:14+4098765000004:14+241105:1030+INT00042++ORDERS'
        UNH+1+ORDERS:D:96A:UN:EAN008'
        BGM+220+PO-4711+9'
        DTM+137:20241105:102'
        DTM+2:202411181200:203'
        FTX+DEL+++Deliver to gate 3?: ring twice:Don?'t stack'
        NAD+BY+4012345000009::9++Müller ?+ Söhne GmbH'
        CTA+OC+:王芳'
        COM+?+49 89 1234:TE'
        COM+einkauf@example.com:EM'
        NAD+SU+4098765000004::9++Northwind Traders'
        CUX+2:EUR:9'
        LIN+1++5900000000011:EN'
        PIA+5+CHAI-40:SA'
        IMD+F++:::Chai 40 bags'
        QTY+21:12:PCE'
        PRI+AAA:18.50'
        LIN+2++5900000000028:EN'
        QTY+21:0.750:KGM'
        UNS+S'
        CNT+2:2'
        UNT+21+1'
        UNZ+1+INT00042'
        """;

    public const string PurchaseLayout = """
        layout: po-850
        kind: x12
        records:
          order:
            when: { type: "850", version: "004010" }
            segments:
              - { segment: BEG, required: true, fields: { purpose: 1, orderNo: { at: 3, required: true }, orderDate: { at: 5, type: date, in: yyyyMMdd } } }
              - { segment: CUR, fields: { currency: 2 } }
              - { segment: REF, as: references, many: true, fields: { kind: 1, value: 2 } }
              - segment: N1
                where: { 1: ST }
                as: shipTo
                fields: { name: 2, id: 4 }
                segments:
                  - { segment: N3, fields: { street: 1 } }
                  - { segment: N4, fields: { city: 1, state: 2, zip: 3 } }
              - segment: PO1
                as: lines
                many: true
                required: true
                fields: { no: { at: 1, type: integer }, quantity: { at: 2, type: decimal }, unit: 3, price: { at: 4, type: decimal }, sku: 7 }
                segments:
                  - { segment: PID, fields: { description: 5 } }
              - { segment: CTT, fields: { lineCount: { at: 1, type: integer } } }
              - { segment: AMT, where: { 1: TT }, fields: { total: { at: 2, type: decimal, implied: 2 } } }
        """;

    public const string Purchase = """
        ISA*00*          *00*          *ZZ*NORTHWIND      *01*123456789      *241105*1030*U*00401*000000042*0*P*>~
        GS*PO*NORTHWIND*123456789*20241105*1030*42*X*004010~
        ST*850*0001~
        BEG*00*SA*PO-4711**20241105~
        CUR*BY*USD~
        REF*DP*038~
        REF*PS*R~
        N1*ST*Lazy K Kountry Store*92*0038~
        N3*12 Orchestra Terrace~
        N4*Walla Walla*WA*99362~
        PO1*1*12*EA*18.5**VN*CHAI-40~
        PID*F****Chai 40 bags~
        PO1*2*.75*LB*-2**VN*TOFU~
        CTT*2~
        AMT*TT*22050~
        SE*14*0001~
        GE*1*42~
        IEA*1*000000042~
        """;

    public static FormatOptions Edifact { get; } = Options(MessageFormat.Edifact, OrdersLayout);

    public static FormatOptions X12 { get; } = Options(MessageFormat.X12, PurchaseLayout);

    public static FormatOptions Options(MessageFormat format, string layout)
    {
        var findings = new Findings();
        var read = LayoutFile.Read(YamlFile.Parse("layout.yaml", layout, findings)!, findings);
        Assert.Empty(findings);
        return new FormatOptions { Format = format, Layout = read, Record = "order", Reader = Reading.File };
    }
}
