using System.Text;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Yaml;
using Tests.Architecture;

namespace Tests.Contracts;

public sealed class ContractInferenceTests
{
    [Fact]
    public void Samples_ShowKindsPresenceAndMoments() =>
        Assert.Equal(
            """
            # inferred from 3 samples of a.json
            contract: order
            inferred: true
            type: object
            samples: { seen: 3, absent: 0 }
            required: [ "no", day, lines ]
            properties:
              "no": { type: [ integer, string ], samples: { seen: 3, absent: 0 } }
              day: { type: string, format: date, samples: { seen: 3, absent: 0 } }
              total: { type: number, samples: { seen: 3, absent: 1 } }
              lines:
                type: array
                samples: { seen: 3, absent: 0 }
                items:
                  type: object
                  samples: { seen: 3, absent: 0 }
                  required: [ sku ]
                  properties:
                    sku: { type: string, samples: { seen: 3, absent: 0 } }
                    note: { samples: { seen: 3, absent: 2 } }

            """.ReplaceLineEndings("\n"),
            Infer("""
                [{"no":1,"day":"2024-02-29","total":1,"lines":[{"sku":"A"},{"sku":"B","note":null}]},
                 {"no":"x","day":"2024-03-01","lines":[]},
                 {"no":3,"day":"2024-03-01","total":1.5,"lines":[{"sku":"C"}]}]
                """));

    [Fact]
    public void Codes_AreListedOnlyWhenAskedFor()
    {
        const string Records = """[{"s":"A"},{"s":"A"},{"s":"B"},{"s":"B"}]""";

        Assert.DoesNotContain("enum", Infer(Records), StringComparison.Ordinal);
        Assert.Contains("s: { type: string, enum: [ A, B ]", Infer(Records, listsCodes: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_ThatDoNotRepeat_AreNoCodes() => Assert.DoesNotContain("enum", Infer("""[{"s":"A"},{"s":"B"}]""", listsCodes: true), StringComparison.Ordinal);

    [Fact]
    public void NoRecord_TeachesNothing()
    {
        var findings = new Findings();
        Assert.Null(new ContractInference().Write("x", listsCodes: false, findings));
        Assert.Equal(["MAP258"], findings.Select(f => f.Code));
    }

    [Fact]
    public void Contract_OfTheOrders_FitsEveryOrder()
    {
        var contract = Read(Infer(File.ReadAllText(Repository.Path("config", "samples", "erp-orders.json"))));
        using var records = FormatReader.Open(File.ReadAllBytes(Repository.Path("config", "samples", "erp-orders.json")), new FormatOptions { Record = "[]" });
        var findings = new Findings();
        while (records.Read() == RecordStatus.Record) contract.Validate(records.Tape, records.Tape.Root, findings);

        Assert.Empty(findings);
        Assert.True(contract.IsInferred);
        Assert.Equal(22, contract.Root.Member("header")!.Member("shippedDate")!.Samples!.Absent);
    }

    [Fact]
    public void Contract_OfTheGbkFile_NamesItsElements()
    {
        TextEncodings.TryGet("gbk", out var gbk);
        var findings = new Findings();
        var inference = new ContractInference();
        inference.Read(
            File.OpenRead(Repository.Path("config", "samples", "hr-employees.xml")),
            new FormatOptions { Format = MessageFormat.Xml, Encoding = gbk!, Record = "/员工列表/员工", Reader = ReaderOptions.Default with { File = "hr-employees.xml" } },
            findings);

        var contract = Read(inference.Write("hr-employee", listsCodes: false, findings)!);
        Assert.Equal(13, inference.Count);
        Assert.Contains("_编号", contract.Root.Required);
    }

    private static string Infer(string json, bool listsCodes = false)
    {
        var findings = new Findings();
        var inference = new ContractInference();
        inference.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), new FormatOptions { Record = "[]", Reader = ReaderOptions.Default with { File = "a.json" } }, findings);
        var contract = inference.Write("order", listsCodes, findings);
        Assert.Equal([], findings.Select(f => f.ToString()));
        return contract!;
    }

    private static ContractDefinition Read(string yaml)
    {
        var findings = new Findings();
        var contract = ContractFile.Read(YamlFile.Parse("c.yaml", yaml, findings)!, findings);
        Assert.Equal([], findings.Select(f => f.ToString()));
        return contract!;
    }
}
