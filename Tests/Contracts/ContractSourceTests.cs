using System.Text;
using Mappings.Contracts;
using Mappings.Contracts.Sources;
using Mappings.Diagnostics;
using Tests.Architecture;

namespace Tests.Contracts;

/// <summary>Contracts that are read from XSD and CSV as they are.</summary>
public sealed class ContractSourceTests
{
    [Fact]
    public void Xsd_ElementsAttributesAndTexts_AreMembersAsTheHubReadsXml() =>
        Assert.Equal(
            """
            contract: order
            type: object
            required: [ date, _no ]
            additionalProperties: false
            properties:
              date: { type: string, format: date }
              amount:
                type: string
                format: decimal
                pattern: "^[+-]?0*([0-9]{1,5}|[0-9]{0,4}\\.[0-9]{1}0*|[0-9]{0,3}\\.[0-9]{2}0*)$"
              line:
                type: [ string, array, object ]
                required: [ _text ]
                additionalProperties: false
                properties:
                  _text: { type: string, maxLength: 10 }
                  _sku: { type: string, enum: [ A, B ] }
                items:
                  type: [ string, object ]
                  required: [ _text ]
                  additionalProperties: false
                  properties:
                    _text: { type: string, maxLength: 10 }
                    _sku: { type: string, enum: [ A, B ] }
              _no: { type: string, format: integer, minimum: 0 }

            """.ReplaceLineEndings("\n"),
            ContractYaml.Write("order", Xsd("""
                <xs:element name="order">
                  <xs:complexType>
                    <xs:sequence>
                      <xs:element name="date" type="xs:date"/>
                      <xs:element name="amount" minOccurs="0">
                        <xs:simpleType><xs:restriction base="xs:decimal"><xs:totalDigits value="5"/><xs:fractionDigits value="2"/></xs:restriction></xs:simpleType>
                      </xs:element>
                      <xs:element name="line" minOccurs="0" maxOccurs="unbounded" type="line"/>
                    </xs:sequence>
                    <xs:attribute name="no" type="xs:nonNegativeInteger" use="required"/>
                  </xs:complexType>
                </xs:element>
                <xs:complexType name="line">
                  <xs:simpleContent>
                    <xs:extension base="name"><xs:attribute name="sku" type="sku"/></xs:extension>
                  </xs:simpleContent>
                </xs:complexType>
                <xs:simpleType name="name"><xs:restriction base="xs:string"><xs:maxLength value="10"/></xs:restriction></xs:simpleType>
                <xs:simpleType name="sku"><xs:restriction base="xs:string"><xs:enumeration value="A"/><xs:enumeration value="B"/></xs:restriction></xs:simpleType>
                """)["order"], isInferred: false, string.Empty));

    [Fact]
    public void Xsd_ThatReadsOtherFiles_IsRefused() =>
        Assert.Equal(["c.xsd:2:2: error MAP243: include reads another file, and a contract stands in one"], WrongXsd("<xs:include schemaLocation=\"http://example.com/x.xsd\"/>"));

    [Fact]
    public void Xsd_WithADtd_IsRefused() =>
        Assert.StartsWith("c.xsd: error MAP242: this is not XML", Read("<!DOCTYPE a [<!ENTITY b \"c\">]><a/>").Single(), StringComparison.Ordinal);

    [Fact]
    public void Xsd_TypeThatIsNotThere_IsNamed() =>
        Assert.Equal(["c.xsd:2:22: error MAP245: there is no type, element or group \"nam\" in this file"], WrongXsd("<xs:element name=\"a\" type=\"nam\"/>"));

    [Fact]
    public void Xsd_TypeThatContainsItself_Ends() =>
        Assert.Equal(ContractKinds.Any, Xsd("""
            <xs:element name="node" type="node"/>
            <xs:complexType name="node"><xs:sequence><xs:element name="child" type="node" minOccurs="0"/></xs:sequence></xs:complexType>
            """)["node"].Members["child"].Kinds);

    [Fact]
    public void Xsd_ThatMultipliesItself_EndsAtTheLimit()
    {
        var types = Enumerable.Range(0, 12).Select(i =>
            $"<xs:complexType name=\"t{i}\"><xs:sequence>{string.Concat(Enumerable.Range(0, 5).Select(m => $"<xs:element name=\"m{m}\" type=\"t{i + 1}\"/>"))}</xs:sequence></xs:complexType>");
        Assert.Equal(["MAP254"], WrongXsd($"<xs:element name=\"a\" type=\"t0\"/>{string.Concat(types)}<xs:complexType name=\"t12\"/>").Select(f => f.Split(' ')[2].TrimEnd(':')));
    }

    [Fact]
    public void Xsd_RecordPath_PicksTheElement()
    {
        var contract = ContractFile.ReadXsd("hr-employee", "hr-employee.xsd", File.ReadAllBytes(Repository.Path("config", "contracts", "hr-employee.xsd")), [])!;

        Assert.Equal("员工, _公司", contract.Root.MembersText);
        Assert.StartsWith("姓名, 性别", contract.RootOf("/员工列表/员工").MembersText, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_NamesTypesAndPresence_AreRead() =>
        Assert.Equal(
            """
            contract: c
            type: object
            required: [ id, qty ]
            additionalProperties: false
            properties:
              id: { type: string }
              qty: { type: string, format: decimal }
              day: { type: string, format: date }

            """.ReplaceLineEndings("\n"),
            ContractYaml.Write("c", CsvContract.Read("c.csv", Encoding.UTF8.GetBytes("id,qty,day\ntext,decimal,date\nrequired,required,optional\n"), [])!, isInferred: false, string.Empty));

    [Fact]
    public void Csv_TypeThatIsNotKnown_IsCorrected()
    {
        var findings = new Findings();
        ContractFile.ReadCsv("c", "c.csv", Encoding.UTF8.GetBytes("id,qty\ntext,decimla\n"), findings);
        Assert.Equal(["c.csv:2:6: error MAP247: qty: \"decimla\" is not known here; did you mean \"decimal\"?"], findings.Select(f => f.ToString()));
    }

    [Fact]
    public void Csv_WithoutTypes_SaysWhatIsMissing()
    {
        var findings = new Findings();
        ContractFile.ReadCsv("c", "c.csv", Encoding.UTF8.GetBytes("id,qty\n"), findings);
        Assert.Equal(["c.csv: error MAP248: a contract in CSV has two or three rows, found 1"], findings.Select(f => f.ToString()));
    }

    private static IReadOnlyDictionary<string, ContractDraft> Xsd(string content)
    {
        var findings = new Findings();
        var elements = XsdContract.Read("c.xsd", Bytes(content), findings);
        Assert.Equal([], findings.Select(f => f.ToString()));
        return elements!;
    }

    private static string[] WrongXsd(string content) => Read(Encoding.UTF8.GetString(Bytes(content).Span));

    private static string[] Read(string text)
    {
        var findings = new Findings();
        Assert.Null(XsdContract.Read("c.xsd", Encoding.UTF8.GetBytes(text), findings));
        return [.. findings.Select(f => f.ToString())];
    }

    private static ReadOnlyMemory<byte> Bytes(string content) =>
        Encoding.UTF8.GetBytes($"<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n{content}\n</xs:schema>");
}
