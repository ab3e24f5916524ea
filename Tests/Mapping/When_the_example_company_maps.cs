using System.Buffers;
using System.Text;
using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Encodings;
using Mappings.Lookups;
using Mappings.Mapping;
using Mappings.Xrefs;
using Mappings.Yaml;
using Tests.Architecture;

namespace Tests.Mapping;

/// <summary>The mappings of the shipped configuration, on its own samples.</summary>
public sealed class When_the_example_company_maps
{
    private static readonly FormatOptions Csv = new() { Format = MessageFormat.Csv };
    private static readonly FormatOptions Json = new() { Record = "[]" };

    private static FormatOptions Employees => new() { Format = MessageFormat.Xml, Record = "/员工列表/员工", Encoding = TextEncodings.TryGet("gbk", out var gbk) ? gbk : throw new InvalidOperationException() };

    [Fact]
    public void Should_compile_every_mapping_without_a_finding()
    {
        var files = Directory.GetFiles(Repository.Path("config", "mappings"), "*.yaml").Where(f => !f.EndsWith(".test.yaml", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.Equal([], Findings(Path.GetFileNameWithoutExtension(f), out _)));
    }

    [Fact]
    public void Should_make_an_account_of_a_customer() =>
        Assert.Equal(
            """{"code":"ALFKI","name":"Alfreds Futterkiste","contact":{"name":"Maria Anders","title":"Sales Representative","phone":"030-0074321","fax":"030-0076545"},"address":{"street":"Obere Str. 57","city":"Berlin","zip":"12209","country":"DE"},"origin":"ERP"}""",
            First("erp-customer-to-crm-account", "erp-customers.csv", Csv));

    [Fact]
    public void Should_make_a_user_of_an_employee() =>
        Assert.Equal(
            """{"userCode":"E1","fullName":"Nancy Davolio","title":"Sales Representative","since":"1992-05-01","office":"Seattle, US","extension":"5467","managerCode":"E2","active":true}""",
            First("erp-employee-to-crm-user", "erp-employees.csv", Csv));

    [Fact]
    public void Should_make_a_person_of_a_Chinese_employee() =>
        Assert.Equal(
            """{"personCode":"E1001","loginName":"e1001","fullName":"王芳","gender":"F","idNumber":"11010119850307234X","hireDate":"2010-03-15","mobile":"13800138001","department":"销售部","departmentId":"DEPT-D01","enabled":true,"posts":[{"code":"P1","title":"销售总监","primary":true}]}""",
            First("hr-employee-to-oa-person", "hr-employees.xml", Employees));

    [Fact]
    public void Should_make_a_notice_of_an_order() =>
        Assert.Equal(
            """{"reference":"SO-10248","channel":"email","to":"VINET","subject":"Your order SO-10248 is on its way","text":"Dear Vins et alcools Chevalier, your order of 1996-07-04 with 3 lines left us on 1996-07-16 by Federal Shipping.","sendOn":"1996-07-16"}""",
            First("erp-order-to-notice", "erp-orders.json", Json));

    [Fact]
    public void Should_make_a_deal_of_an_order_that_knows_its_account()
    {
        using var reader = FormatReader.Open(File.ReadAllBytes(Repository.Path("config", "samples", "erp-orders.json")), Json);
        Assert.Equal(RecordStatus.Record, reader.Read());
        var order = Value.FromTape(reader.Tape, 0);
        var members = new List<KeyValuePair<string, Value>>();
        foreach (var member in order.Members()) members.Add(KeyValuePair.Create(member.Name, member.Value));
        members.Add(KeyValuePair.Create("account", Value.FromMembers([KeyValuePair.Create("code", Value.FromText("VINET")), KeyValuePair.Create("name", Value.FromText("Vins"))])));

        Assert.Equal(
            """{"externalId":"SO-10248","name":"SO-10248 / Vins et alcools Chevalier","stage":"won","currency":"USD","closeDate":"1996-07-04","dueDate":"1996-08-01","accountCode":"VINET","accountName":"Vins","ownerCode":"E5","erpInternalId":90071992547410248,"amount":440.00,"accountId":"A-1","freight":32.38,"shipTo":{"name":"Vins et alcools Chevalier","street":"59 rue de l'Abbaye","city":"Reims","zip":"51100","country":"FR"},"items":[{"no":1,"product":"P-011","description":"Queso Cabrales","quantity":12,"unitPrice":14.00,"lineTotal":168.00,"productId":"CRM-P-011","share":38.2},{"no":2,"product":"P-042","description":"Singaporean Hokkien Fried Mee","quantity":10,"unitPrice":9.80,"lineTotal":98.00,"productId":"CRM-P-042","share":22.3},{"no":3,"product":"P-072","description":"Mozzarella di Giovanni","quantity":5,"unitPrice":34.80,"lineTotal":174.00,"productId":"CRM-P-072","share":39.5}],"dealNo":"SO-10248"}""",
            Run("erp-order-to-crm-deal", Value.FromMembers(members)));
    }

    private static string First(string mapping, string sample, FormatOptions options)
    {
        using var reader = FormatReader.Open(File.ReadAllBytes(Repository.Path("config", "samples", sample)), options);
        Assert.Equal(RecordStatus.Record, reader.Read());
        return Run(mapping, Value.FromTape(reader.Tape, 0));
    }

    private static string Run(string mapping, in Value record)
    {
        Assert.Equal([], Findings(mapping, out var plan));
        using var run = new MappingRun(plan!) { XrefSource = Known() };
        var output = new ArrayBufferWriter<byte>();
        var result = plan!.Run(run, record, output);
        Assert.Equal([], result.Findings.Select(f => f.ToString()));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static MemoryXrefs Known()
    {
        var xrefs = new MemoryXrefs();
        xrefs.Add("account", "VINET", "A-1");
        foreach (var product in (string[])["P-011", "P-042", "P-072"]) xrefs.Add("product", product, "CRM-" + product);
        xrefs.Add("department", "D01", "DEPT-D01");
        return xrefs;
    }

    private static string[] Findings(string mapping, out MappingPlan? plan)
    {
        var findings = new Findings();
        var definition = MappingFile.Read(Yaml($"mappings/{mapping}.yaml", findings), findings);
        plan = definition is null ? null : MappingPlan.Compile(definition, Context(), findings);
        return [.. findings.Select(f => f.ToString())];
    }

    private static MappingCompileContext Context()
    {
        var findings = new Findings();
        var departments = File.ReadAllLines(Repository.Path("config", "lookups", "department.csv")).Skip(1).Select(l => l.Split(','));
        return new MappingCompileContext
        {
            Lookups = new Dictionary<string, LookupTable>
            {
                ["country-iso"] = LookupFile.Read(Yaml("lookups/country-iso.yaml", findings), findings)!,
                ["department"] = new("department", [.. departments.Select(d => KeyValuePair.Create(d[0], new YamlConstant(YamlConstantKind.Text, d[1])))]),
            },
            Contracts = new Dictionary<string, ContractDefinition> { ["erp-order"] = ContractFile.Read(Yaml("contracts/erp-order.yaml", findings), findings)! },
            Variables = ["message"],
        };
    }

    private static YamlNode Yaml(string path, Findings findings) => YamlFile.Parse(path, File.ReadAllBytes(Repository.Path("config", path)), findings)!;
}
