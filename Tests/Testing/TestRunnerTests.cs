namespace Tests.Testing;

public sealed class TestRunnerTests
{
    private const string Given = "{ id: C7, first: Fang, last: Wang, status: W, amount: 1.50, lines: [ { no: 1, qty: 2, price: 1.5 }, { no: 2, qty: 1, price: 9 } ] }";
    private const string Rest = "code: C7, name: Fang Wang, stage: won, on: \"2026-01-01\", items: [ { no: 1, total: 3 }, { no: 2, total: 9 } ]";

    [Theory]
    [InlineData("expect: { amount: 1.5, " + Rest + " }", "passed")]
    [InlineData("expect: { amount: 1.50, " + Rest + " }\n    exact: true", "passed")]
    [InlineData("expect: { amount: 1.5, " + Rest + " }\n    exact: true", "m.test.yaml:5:23: error TST520: amount: expected 1.5, found 1.50 [m.yaml:11:19]")]
    [InlineData("expect: { amount: \"1.50\", " + Rest + " }", "m.test.yaml:5:24: error TST520: amount: expected \"1.50\", found 1.50 [m.yaml:11:19]")]
    [InlineData("expect: { " + Rest + " }", "m.test.yaml:5:13: error TST522: amount: expected no value, found 1.50 [m.yaml:11:19]")]
    [InlineData("expect: { mobile: \"1\", amount: 1.5, " + Rest + " }", "m.test.yaml:5:24: error TST521: mobile: expected \"1\", found no value [m.yaml:8:19]")]
    [InlineData("expect_part: { stage: open }", "m.test.yaml:5:27: error TST520: stage: expected \"open\", found \"won\" [m.yaml:7:18]")]
    [InlineData("expect_part: { items: { count: 2, 1: { total: 9.0 } }, mobile: { absent: true } }", "passed")]
    [InlineData("expect_part: { items: { count: 3, 1: { total: 8.99 } } }", "m.test.yaml:5:36: error TST523: items: expected 3 elements, found 2 [m.yaml:14:11]\nm.test.yaml:5:51: error TST520: items[1].total: expected 8.99, found 9 [m.yaml:15:32]")]
    [InlineData("expect_part: { items: [ { no: 1 } ] }", "m.test.yaml:5:27: error TST523: items: expected 1 elements, found 2 [m.yaml:14:11]")]
    [InlineData("expect_part: { items: { 2: { no: 3 } } }", "m.test.yaml:5:32: error TST521: items[2]: expected an object, found no value [m.yaml:14:11]")]
    [InlineData("expect_part: { stage: { absent: true } }", "m.test.yaml:5:27: error TST522: stage: expected no value, found \"won\" [m.yaml:7:18]")]
    [InlineData("expect_part: { code: { a: 1 } }", "m.test.yaml:5:26: error TST520: code: expected an object, found \"C7\" [m.yaml:5:9]")]
    [InlineData("expect_error: DAT320", "m.test.yaml:5:19: error TST542: expected the error DAT320, found -")]
    [InlineData("expect_skip: true", "m.test.yaml:3:11: error TST541: expected the record to be left out by skip_when, the outcome is mapped")]
    [InlineData("expect_part: { code: C7 }\n    expect_warning: DAT331", "m.test.yaml:6:21: error TST544: expected the warning DAT331, found -")]
    [InlineData("stubs: { now: \"2024-02-03T23:00:00-02:00\" }\n    expect_part: { on: \"2024-02-04\" }", "passed")]
    public void Run_OfAMappedRecord_ShowsEachDifference(string expectation, string shown) => Assert.Equal(shown, Run(Given, expectation));

    [Theory]
    [InlineData("expect_error: DAT301", "passed")]
    [InlineData("expect_error: { code: DAT301, field: \"items[1].no\", outcome: dead-letter }", "passed")]
    [InlineData("expect_error: { code: DAT301, field: items.no }", "passed")]
    [InlineData("expect_error: { code: DAT301, field: \"items[0].no\" }", "m.test.yaml:5:27: error TST542: items[0].no: expected the error DAT301, found DAT301 items[1].no")]
    [InlineData("expect_error: { code: DAT301, outcome: hold }", "m.test.yaml:5:27: error TST543: expected the outcome hold, found dead-letter")]
    [InlineData("expect_part: { code: C7 }", "m.test.yaml:3:11: error TST540: expected a document, the outcome is dead-letter\nm.test.yaml:4:96: error DAT301: items[1].no: no value: no is missing; the object has qty, price [m.yaml:15:19]")]
    public void Run_OfARefusedRecord_LooksForTheErrorAndItsField(string expectation, string shown) =>
        Assert.Equal(shown, Run("{ id: C7, first: Fang, last: Wang, status: W, lines: [ { no: 1, qty: 2, price: 1 }, { qty: 1, price: 9 } ] }", expectation));

    [Fact]
    public void Run_WithAWarning_FindsIt() =>
        Assert.Equal("passed", Run("{ id: C7, first: F, last: W, status: W, mobile: abc }", "expect_part: { mobile: { absent: true } }\n    expect_warning: { code: DAT331, field: mobile }"));

    [Fact]
    public void Run_OfASecret_HidesItsValue() =>
        Assert.Equal(
            "m.test.yaml:5:26: error TST520: pin: expected (value hidden), found (value hidden) [m.yaml:9:16]",
            Run("{ id: C7, first: F, last: W, status: W, pin: \"4711\" }", "expect_part: { pin: \"4712\" }"));

    [Fact]
    public void Run_WithAStubbedLookup_AsksTheStubOnly() =>
        Assert.Equal(
            "passed",
            Run("{ id: C7, first: F, last: W, status: W, uom: EA }", "stubs: { lookup: { uom: { EA: each } } }\n    expect_part: { unit: each }"));

    [Theory]
    [InlineData("C1", "expect: { account: A-77 }")]
    [InlineData("C2", "expect_error: { code: XRF402, field: account, outcome: hold }")]
    [InlineData("C2", "stubs: { xref: { account: { C2: A-78 } } }\n    expect: { account: A-78 }")]
    public void Run_WithAStubbedXref_KnowsNoOtherId(string id, string expectation) =>
        Assert.Equal(
            "passed",
            Tested.Run(
                "mapping: c\nversion: 1\nsource: { system: erp }\ntarget: { system: crm }\nfields:\n  account: { from: id, xref: { entity: account, from: erp, to: crm, missing: hold } }\n",
                $"tests_for: c\nstubs: {{ xref: {{ account: {{ C1: A-77 }} }} }}\ntests:\n  - name: a\n    given: {{ id: {id} }}\n    {expectation}\n"));

    [Fact]
    public void Run_OfASampleFile_TakesTheRecordWithItsChanges() =>
        Assert.Equal(
            "passed\npassed\npassed",
            Tested.Contacts(
                """
                tests:
                  - name: as it is
                    given: { file: a.json, record: 2 }
                    expect_part: { code: C2, items: { count: 1 } }
                  - name: with changes
                    given:
                      file: a.json
                      record: 2
                      set: { status: X, "lines[0].qty": 5, "lines[1]": { no: 2, qty: 1, price: 1 }, new.deep.value: 1 }
                      remove: mobile
                    expect_part: { stage: lost, mobile: { absent: true }, items: [ { total: 5 }, { total: 1 } ] }
                  - name: a part of it
                    given: { file: b.json, part: "contacts[1]" }
                    expect_part: { code: C9 }
                """,
                ("a.json", """[{"id":"C1"},{"id":"C2","first":"A","last":"B","status":"A","mobile":"1","lines":[{"no":1,"qty":1,"price":1}]}]"""),
                ("b.json", """{"contacts":[{"id":"C8"},{"id":"C9","first":"A","last":"B","status":"A"}]}""")));

    [Theory]
    [InlineData("{ file: c.json }", "m.test.yaml:4:20: error TST530: there is no file c.json in the configuration folder")]
    [InlineData("{ file: d.json, record: 3 }", "m.test.yaml:4:20: error TST531: d.json has 2 records; record 3 is asked for")]
    [InlineData("{ file: a.json, remove: mobile }", "m.test.yaml:4:36: error TST532: nothing stands at \"mobile\" in the record")]
    [InlineData("{ file: a.json, set: { id.x: 1 } }", "m.test.yaml:4:35: error TST533: a value stands at \"id\" in the record: it has no members or elements")]
    [InlineData("{ file: a.json, set: { \"lines[2]\": 1 } }", "m.test.yaml:4:36: error TST532: nothing stands at \"lines[2]\" in the record")]
    [InlineData("{ file: a.json, part: \"lines[7]\" }", "m.test.yaml:4:20: error TST532: nothing stands at \"lines[7]\" in the record")]
    [InlineData("{ file: a.json, record: 2 }", "a.json:2:7: error FMT202: expected a value")]
    public void Run_OfASampleThatDoesNotFit_SaysWhy(string given, string finding) =>
        Assert.StartsWith(finding, Tested.Contacts($"tests:\n  - name: a\n    given: {given}\n    expect_error: DAT301", ("a.json", "[{\"id\":\"C1\",\"lines\":[1]},\n{\"id\":}]"), ("d.json", "[{},{}]")), StringComparison.Ordinal);

    [Fact]
    public void Run_OfTextFormats_TakesEveryGivenValueAsText() =>
        Assert.Equal(
            "passed",
            Tested.Run(
                "mapping: c\nversion: 1\nsource: { format: csv }\nfields:\n  code: id\n  zip: { from: zip, required: false }\n",
                "tests_for: c\ntests:\n  - name: a\n    given: { id: 007, zip: \"\" }\n    expect: { code: \"007\" }\n"));

    [Fact]
    public void Report_OfTheRun_NamesTheFieldsThatWereNeverWritten()
    {
        var report = Tested.Report(
            "mapping: c\nversion: 1\nfields:\n  code: id\n  zip: { from: zip, required: false }\n  to: { fields: { a: a, b: { from: b, null: keep } } }\n  items: { each: lines, fields: { no: no } }\n",
            "tests_for: c\ntests:\n  - name: a\n    given: { id: 1, a: 2, b: null }\n    expect: { code: 1, to: { a: 2, b: null }, items: [] }\n");

        Assert.Equal((1, 0, 5, 2), (report.Passed, report.Failed, report.Fields, report.Covered));
        Assert.Equal(["zip", "to.b", "items[].no"], report.NeverWritten);
    }

    [Fact]
    public void Report_NamesTheElseAndDefaultThatNoTestCameTo()
    {
        const string Mapping = "mapping: c\nversion: 1\nfields:\n  a: { from: a, map: { X: x }, else: y }\n  b: { each: b, fields: { c: { from: c, default: 0 }, d: { from: d, default: 1 } } }\n";

        var report = Tested.Report(Mapping, "tests_for: c\ntests:\n  - name: a\n    given: { a: X, b: [ { c: 1 } ] }\n    expect: { a: x, b: [ { c: 1, d: 1 } ] }\n");

        Assert.Equal(["a (else)", "b.c (default)"], report.NeverTaken);
    }

    [Theory]
    [InlineData("given: { file: bank.json, record: 1 }\n    variables: { file: { header: { no: F7 } } }")]
    [InlineData("given: { seq: 1 }\n    variables: { file: { header: { no: F7 } } }")]
    public void Run_OfAMappingThatReadsTheFile_TakesItFromTheVariables(string given) =>
        Assert.Equal(
            "passed",
            Tested.Run("mapping: c\nversion: 1\nfields:\n  ref: = $file.header.no & \"-\" & seq\n", $"tests_for: c\ntests:\n  - name: a\n    {given}\n    expect: {{ ref: F7-1 }}\n", ("bank.json", "{\"seq\":1}")));

    private static string Run(string given, string expectation) => Tested.Contacts($"tests:\n  - name: a\n    given: {given}\n    {expectation}\n");
}
