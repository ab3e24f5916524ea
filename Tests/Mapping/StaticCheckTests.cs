using Mappings.Contracts;
using Mappings.Diagnostics;
using Mappings.Mapping;

namespace Tests.Mapping;

/// <summary>What the checker concludes from contracts, and where it stays silent.</summary>
public sealed class StaticCheckTests
{
    private const string Order = """
        contract: order
        type: object
        additionalProperties: false
        required: [ no, total, status, lines, flag, count, active ]
        properties:
          no: { type: string }
          total: { type: number }
          count: { type: string, format: integer }
          status: { type: string, enum: [ OPEN, SHIPPED ] }
          flag: { type: string, enum: [ "true", "false" ] }
          active: { type: boolean }
          note: { type: string, samples: { seen: 40, absent: 3 } }
          day: { type: string, format: date }
          any: {}
          secret: { type: string }
          customer: { type: object, required: [ name ], properties: { name: { type: string }, email: { type: string } } }
          lines: { type: array, minItems: 1, items: { type: object, required: [ sku, qty ], properties: { sku: { type: string }, qty: { type: number }, tags: { type: array, items: { type: string } } } } }
          products: { type: array, items: { type: object, required: [ sku, price ], properties: { sku: { type: string }, price: { type: number } } } }
        """;

    private const string Deal = """
        contract: deal
        type: object
        additionalProperties: false
        required: [ id, amount ]
        properties:
          id: { type: string }
          amount: { type: number }
          stage: { type: string, enum: [ open, won ] }
          day: { type: string, format: date }
          pieces: { type: integer }
          items: { type: array, items: { type: object, properties: { no: { type: string } } } }
        """;

    private const string From = "source: { contract: order }";

    private static readonly MappingCompileContext Context = new()
    {
        Contracts = new Dictionary<string, ContractDefinition> { ["order"] = Contract(Order), ["deal"] = Contract(Deal), ["guess"] = Contract(Order.Replace("contract: order", "contract: guess\ninferred: true\nsamples: { seen: 40 }", StringComparison.Ordinal)) },
        Variables = ["message"],
    };

    [Theory]

    // Operators and arguments.
    [InlineData("= no * 2", "5:8: error T2001: a: no is left of * and must be a number, found a text")]
    [InlineData("= 2 - customer", "5:12: error T2002: a: customer is right of - and must be a number, found an object")]
    [InlineData("= $lowercase(total)", "5:19: error T0410: a: argument 1 of $lowercase must be text, found total (a number)")]
    [InlineData("= $sum(lines.sku)", "5:13: error T0412: a: argument 1 of $sum must be an array of number, found lines.sku (a text)")]
    [InlineData("= no < total", "5:8: error T2009: a: < cannot compare no (a text) with total (a number)")]
    [InlineData("= active > true", "5:8: error T2010: a: active: > compares texts or numbers, found true or false")]
    [InlineData("= count < \"9\"", "5:8: warning MAP224: a: count is compared by < as a text, but is the text of a number: \"10\" < \"9\" goes by characters")]
    [InlineData("= total = no", "5:8: warning MAP225: a: total (a number) and no (a text) are never equal")]
    [InlineData("= status = \"OPNE\"", "5:17: error MAP226: a: status is never \"OPNE\"; did you mean \"OPEN\"?")]
    [InlineData("= $boolean(no)", "5:17: warning MAP227: a: no is a text; as a condition every text but the empty one is true, also \"false\"")]
    [InlineData("|\n  = flag ?: \"x\"", null)]
    [InlineData("= $map(lines, function($l) { $l.skuu })", "5:38: error MAP201: a: lines[] has no field \"skuu\"; did you mean \"sku\"?")]
    [InlineData("= $sum(lines[qtty > 1].qty)", "5:19: error MAP201: a: lines[] has no field \"qtty\"; did you mean \"qty\"?")]
    [InlineData("= lines.($lowercase(qty))[0]", "5:26: error T0410: a: argument 1 of $lowercase must be text, found qty (a number)")]
    [InlineData("= no.length", "5:11: error MAP221: a: no is a text and has no field \"length\"")]

    // Silence where nothing is known.
    [InlineData("= any.thing * 2", null)]
    [InlineData("= $lowercase(any)", null)]
    [InlineData("= $message.header.no * 2", null)]
    [InlineData("|\n  = (total > 1 ? no : total) & \"x\"", null)]
    [InlineData("= $sum(lines.(qty * 2))", null)]
    [InlineData("= $count(lines[sku = \"A\"])", null)]
    [InlineData("= $join(lines.sku, \",\")", null)]
    [InlineData("= $reduce(lines, function($a, $l) { $a + $l.qty }, 0)", null)]
    [InlineData("= lines[0].sku", null)]
    [InlineData("= $substring(1, 2)", null)]

    // Many and absent.
    [InlineData("lines.sku", "5:6: error MAP230: a: lines.sku can have many values, and one is wanted")]
    [InlineData("= lines[sku = \"A\"].qty", "5:8: warning MAP230: a: lines[sku = \"A\"].qty can have many values, and one is wanted")]
    [InlineData("= $uppercase(lines.sku)", "5:19: warning MAP230: a: lines.sku can have many values, and one is wanted")]
    [InlineData("note", "5:6: warning MAP231: a: note may be absent (absent in 3 of 40 samples), then the record is refused (contract.yaml:12)")]
    [InlineData("customer.name", "5:6: warning MAP231: a: customer may be absent, then the record is refused (contract.yaml:16)")]
    [InlineData("{ from: note, required: true }", null)]
    [InlineData("{ from: note, required: false }", null)]
    [InlineData("{ from: note, default: x }", null)]
    [InlineData("= note ?? \"none\"", null)]
    [InlineData("= $lowercase(note)", "5:8: warning MAP231: a: note may be absent (absent in 3 of 40 samples), then the record is refused (contract.yaml:12)")]

    // Names.
    [InlineData("sku", "5:6: error MAP201: a: order has no field \"sku\"; it exists as lines[].sku")]
    [InlineData("customer.nmae", "5:15: error MAP201: a: customer has no field \"nmae\"; did you mean \"name\"?")]
    [InlineData("CNY", "5:6: error MAP202: a: order has no field \"CNY\"")]

    // Types and codes of the field.
    [InlineData("{ from: day, type: integer }", "5:25: error MAP222: a: day is a text (date) and never becomes type integer")]
    [InlineData("{ from: total, type: boolean }", "5:27: error MAP222: a: total is a number and never becomes type boolean")]
    [InlineData("{ from: no, type: decimal }", null)]
    [InlineData("{ from: status, map: { OPEN: a, SHIPED: b } }", "5:38: error MAP229: a: the source never has \"SHIPED\"; did you mean \"SHIPPED\"?")]
    [InlineData("{ from: status, map: { OPEN: a, SHIPPED: b }, else: c }", "5:52: warning MAP228: a: else is never reached: the map has every value of the contract (OPEN, SHIPPED)")]
    public void Field_IsJudgedByTheContract(string field, string? finding)
    {
        var wrong = Wrong(Mapped.Fields("a: " + field, From)).Where(f => !f.Contains("day may be absent", StringComparison.Ordinal));
        Assert.Equal(finding is null ? [] : ["m.yaml:" + finding], wrong);
    }

    [Theory]
    [InlineData("amount: no", "6:11: error MAP220: amount: the value is a text in order, deal wants number (contract.yaml:7); add type: decimal, then every message is checked")]
    [InlineData("amount: lines", "6:11: error MAP220: amount: the value is a list in order, deal wants number (contract.yaml:7)")]
    [InlineData("amount: total\n  pieces: total", "7:11: warning MAP220: pieces: the value is a number in order, deal wants integer (contract.yaml:10); add type: integer, then every message is checked")]
    [InlineData("amount: total\n  stage: { const: opne }", "7:19: error MAP223: stage: \"opne\" is nothing that deal allows (contract.yaml:8); did you mean \"open\"?")]
    [InlineData("amount: { from: total, type: text }", "6:32: error MAP220: amount: the value is a text in order, deal wants number (contract.yaml:7); add type: decimal, then every message is checked")]
    [InlineData("amount: { expr: note, type: decimal, required: false }", "6:40: error MAP236: amount: deal requires \"amount\", and this field may be left out")]
    [InlineData("amount: total\n  items: { each: lines, fields: { nno: sku } }", "7:35: error MAP210: items[].nno: deal has no field \"nno\"; did you mean \"no\"?")]
    [InlineData("amout: total", "5:1: error MAP211: deal requires \"amount\", nothing sets it|6:3: error MAP210: amout: deal has no field \"amout\"; did you mean \"amount\"?")]
    public void Field_IsJudgedByTheTargetsContract(string fields, string findings)
    {
        var yaml = $"mapping: m\nversion: 1\nsource: {{ contract: order }}\ntarget: {{ contract: deal }}\nfields:\n  {fields}\n  id: no\n";
        Assert.Equal(findings.Split('|').Select(f => "m.yaml:" + f), Wrong(yaml));
    }

    [Fact]
    public void Check_SeesTheFieldsThatTheMappingMakes() =>
        Assert.Equal(
            ["m.yaml:10:17: error MAP201: items[] has no field \"totl\"; did you mean \"total\"?"],
            Wrong(Mapped.Fields("items: { each: lines, fields: { total: qty } }", From) + "checks:\n  - name: all\n    expr: |\n      $sum(items.totl) > 0\n").Select(f => f.Replace("m.yaml:9:18", "m.yaml:10:17", StringComparison.Ordinal)));

    [Fact]
    public void SkipWhen_OfWhatMayBeAbsent_IsWarnedOf() =>
        Assert.Equal(
            ["m.yaml:4:12: warning MAP232: note may be absent; then note != \"X\" is neither true nor an error, and decides silently"],
            Wrong(Mapped.Fields("a: no", From + "\nskip_when: note != \"X\"")));

    [Fact]
    public void List_SearchedForEveryElement_IsQuadratic() =>
        Assert.Equal(
            ["m.yaml:8:29: warning MAP233: items[].price: [sku = %.sku] searches the whole list again for every element: twice as long a list takes four times as long"],
            Wrong(Mapped.Fields("items:\n  each: lines\n  fields:\n    price: \"= $$.products[sku = %.sku].price[0]\"", From)).Where(f => f.Contains("MAP233", StringComparison.Ordinal)));

    [Fact]
    public void Secret_ThatAnotherFieldShows_IsWarnedOf() =>
        Assert.Equal(
            ["m.yaml:7:3: warning MAP234: b: secret is shown here, and secret in field a"],
            Wrong(Mapped.Fields("a: { from: secret, secret: true, required: true }\nb: = \"x\" & $s", From + "\nlet: { s: secret }")).Where(f => f.Contains("MAP234", StringComparison.Ordinal)));

    [Fact]
    public void Secret_BehindLetsThatUseEachOtherOften_IsFoundAtOnce()
    {
        var lets = string.Concat(Enumerable.Range(1, 60).Select(i => $"\n  s{i}: = $s{i - 1} & $s{i - 1}"));

        Assert.Equal(
            ["b: secret is shown here, and secret in field a"],
            Wrong(Mapped.Fields("a: { from: secret, secret: true, required: true }\nb: = \"x\" & $s60", From + "\nlet:\n  s0: secret" + lets))
                .Where(f => f.Contains("MAP234", StringComparison.Ordinal)).Select(f => f[(f.IndexOf("MAP234: ", StringComparison.Ordinal) + 8)..]));
    }

    [Fact]
    public void Name_BoundInABlock_EndsWithIt() =>
        Assert.DoesNotContain(
            Wrong(Mapped.Fields("a: = $string(($x := 1; $x)) & $lowercase($x)", From + "\nlet: { x: no }")), f => f.Contains("T0410", StringComparison.Ordinal));

    [Fact]
    public void Path_UnknownToSamples_IsAWarningWithTheirNumber() =>
        Assert.Equal(
            ["m.yaml:5:6: warning MAP201: a: guess has no field \"noo\"; did you mean \"no\"? (in none of 40 samples)"],
            Wrong(Mapped.Fields("a: noo", "source: { contract: guess }")));

    [Fact]
    public void Mapping_WithoutContracts_IsNotJudged() =>
        Assert.Empty(Wrong(Mapped.Fields("a: = $lowercase(x.y) & z\nb: { each: lines, fields: { c: = sku * 2, d: \"%.no\" } }")));

    private static string[] Wrong(string yaml) => Mapped.Wrong(yaml, Context);

    private static ContractDefinition Contract(string yaml)
    {
        var findings = new Findings();
        var contract = ContractFile.Read(Mapped.Root("contract.yaml", yaml), findings);
        Assert.Equal([], findings.Select(f => f.ToString()));
        return contract!;
    }
}
