using System.Text;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Tests.Contracts;

public sealed class ContractImportTests
{
    private const string OpenApi = """
        openapi: 3.0.0
        components:
          schemas:
            Order:
              allOf:
                - $ref: '#/components/schemas/Base'
                - type: object
                  required: [ total, ghost ]
                  properties:
                    total: { type: number, minimum: 0, multipleOf: 0.01 }
                    note: { type: string, nullable: true, enum: [ a, b ] }
                    buyer: { oneOf: [ { $ref: '#/components/schemas/Person' }, { type: object, properties: { vat: { type: string } } } ] }
                    when: { type: string, format: date-time }
            Base:
              type: object
              description: "What all\n  have"
              properties: { id: { type: string } }
              required: [ id ]
            Person:
              type: object
              properties:
                name: { type: string }
                boss: { $ref: '#/components/schemas/Person' }
        """;

    [Fact]
    public void Schema_OfOpenApi_BecomesAContract()
    {
        var findings = new Findings();
        var contract = ContractImport.Write("api.yaml", Encoding.UTF8.GetBytes(OpenApi), "Order", null, findings);

        Assert.Equal(
            """
            # made from api.yaml, schema Order
            contract: Order
            type: object
            description: What all have
            required: [ id, total, ghost ]
            properties:
              id: { type: string }
              total: { type: number, minimum: 0 }
              note: { type: [ "null", string ], enum: [ a, b, null ] }
              buyer:
                # oneOf: wide enough for all 2
                type: object
                properties:
                  name: { type: string }
                  boss: {}  # the same shape again
                  vat: { type: string }
              when: { type: string, format: date-time }
              ghost: {}

            """.ReplaceLineEndings("\n"),
            contract);
        Assert.Equal(
            [
                "api.yaml:10:60 MAP249", "api.yaml:12:31 MAP255", "api.yaml:20:7 MAP251",
            ],
            findings.Sorted().Select(f => $"{f.At} {f.Code}"));
        Assert.All(findings, f => Assert.Equal(Severity.Warning, f.Severity));
    }

    [Fact]
    public void Schema_NotNamed_AsksWhich()
    {
        var findings = new Findings();
        Assert.Null(ContractImport.Write("api.yaml", Encoding.UTF8.GetBytes(OpenApi), null, null, findings));
        Assert.Equal(["api.yaml: error MAP257: the document has 3 schemas"], findings.Select(f => f.ToString()));
    }

    [Fact]
    public void Schema_Misspelt_IsCorrected()
    {
        var findings = new Findings();
        Assert.Null(ContractImport.Write("api.yaml", Encoding.UTF8.GetBytes(OpenApi), "Ordr", null, findings));
        Assert.Equal(["api.yaml: error MAP253: there is no schema \"Ordr\"; did you mean \"Order\"?"], findings.Select(f => f.ToString()));
    }

    [Theory]
    [InlineData("x.json", """{"type":"object","properties":{"a":{"type":["integer","null"]}},"required":["a"]}""", "type: object\nrequired: [ a ]\nproperties:\n  a: { type: [ \"null\", integer ] }\n")]
    [InlineData("x.json", """{"swagger":"2.0","definitions":{"A":{"type":"string","maxLength":3}}}""", "type: string\nmaxLength: 3\n")]
    [InlineData("x.csv", "id,name\n1,a\n", "type: object\nproperties:\n  id: { type: string }\n  name: { type: string }\n")]
    public void Description_OfAnyKind_BecomesAContractThatIsRead(string file, string content, string body)
    {
        var findings = new Findings();
        var contract = ContractImport.Write(file, Encoding.UTF8.GetBytes(content), null, "x", findings);

        Assert.Equal([], findings.Select(f => f.ToString()));
        Assert.EndsWith("contract: x\n" + body, contract, StringComparison.Ordinal);
        AssertReads(contract!);
    }

    [Theory]
    [InlineData("[", "MAP256")]
    [InlineData("", "MAP252")]
    [InlineData("a: 1", "MAP252")]
    public void Description_ThatIsNone_IsRefused(string content, string code)
    {
        var findings = new Findings();
        Assert.Null(ContractImport.Write("x.yaml", Encoding.UTF8.GetBytes(content), null, null, findings));
        Assert.Equal([code], findings.Select(f => f.Code));
    }

    [Fact]
    public void Description_DeeperThanTheLimit_IsRefused()
    {
        var findings = new Findings();
        Assert.Null(ContractImport.Write("x.json", Encoding.UTF8.GetBytes(new string('[', 100_000)), null, null, findings));
        Assert.Equal(["MAP254"], findings.Select(f => f.Code));
    }

    [Fact]
    public void Schema_ThatMultipliesItself_EndsAtTheLimit()
    {
        var schemas = Enumerable.Range(0, 11).Select(i => $"    S{i}: {{ type: object, properties: {{ {string.Join(", ", Enumerable.Range(0, 5).Select(m => $"m{m}: {{ $ref: '#/components/schemas/S{i + 1}' }}"))} }} }}");
        var document = $"openapi: 3.0.0\ncomponents:\n  schemas:\n{string.Join('\n', schemas)}\n    S11: {{ type: string }}\n";
        var findings = new Findings();

        Assert.Null(ContractImport.Write("api.yaml", Encoding.UTF8.GetBytes(document), "S0", null, findings));
        Assert.Equal(["MAP254"], findings.Select(f => f.Code).Distinct());
    }

    public static TheoryData<string> Vendors() => ["intercom-2.14.yaml", "sendgrid.yaml", "slack-web-openapi-v2.json", "sugarcrm.yaml", "zendesk-support.yaml"];

    [VendorTheory]
    [MemberData(nameof(Vendors))]
    public void Schemas_OfAVendor_AllBecomeContractsThatAreRead(string document)
    {
        Assert.NotNull(VendorTheoryAttribute.Folder);
        var bytes = File.ReadAllBytes(Path.Combine(VendorTheoryAttribute.Folder, document));
        var names = ContractImport.Names(document, bytes, []);
        Assert.NotEmpty(names);
        var refused = new List<string>();
        foreach (var (name, contract, findings) in ContractImport.WriteAll(document, bytes))
        {
            if (contract is null) refused.Add($"{name}: {string.Join("; ", findings.Where(f => f.Severity == Severity.Error))}");
            else AssertReads(contract);
        }

        Assert.Empty(refused);
    }

    private static void AssertReads(string contract)
    {
        var findings = new Findings();
        var root = YamlFile.Parse("contract.yaml", contract, findings);
        var read = root is null ? null : ContractFile.Read(root, findings);
        Assert.True(read is not null, string.Join('\n', findings.Select(f => f.ToString())) + "\n" + contract[..Math.Min(contract.Length, 2000)]);
    }
}
