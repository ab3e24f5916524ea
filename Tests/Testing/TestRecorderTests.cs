using System.Text;
using Mappings.Diagnostics;
using Mappings.Documents;
using Mappings.Expressions;
using Mappings.Formats;
using Mappings.Formats.Json;
using Mappings.Mapping;
using Mappings.Testing;
using Mappings.Yaml;
using Tests.Mapping;

namespace Tests.Testing;

public sealed class TestRecorderTests
{
    private const string Mapping = "mapping: c\nversion: 1\nsource: { system: erp }\ntarget: { system: crm }\nskip_when: draft = true\nfields:\n  id: id\n  total: { from: total, type: decimal, required: false }\n  owner: { from: account.owner.name, required: false }\n  sales: { from: sales, xref: { entity: user, from: erp, to: crm, missing: hold }, required: false }\n  on: { expr: $now(), required: false }\n  line: { from: $message.no, required: false }\n";

    [Fact]
    public void Write_OfADelivery_ExpectsItsDocument() =>
        Assert.Equal(
            """
            - name: message 1
              given: { id: "007", total: 1.50 }
              stubs:
                now: "2024-02-03T04:05:06+00:00"
              expect: { id: "007", total: 1.50, "on": "2024-02-03T04:05:06.000Z" }

            """.ReplaceLineEndings("\n"),
            Record(Message("""{"id":"007","total":1.50}""")));

    [Fact]
    public void Write_OfADeadMessage_ExpectsTheErrorItIsDeadFor() =>
        Assert.EndsWith("  expect_error: { code: DAT310, field: total, outcome: dead-letter }\n", Record(Message("""{"total":"many"}""") with { Error = "DAT310" }), StringComparison.Ordinal);

    [Fact]
    public void Write_OfASkippedMessage_ExpectsThat() => Assert.EndsWith("  expect_skip: true\n", Record(Message("""{"id":1,"draft":true}""")), StringComparison.Ordinal);

    [Fact]
    public void Write_OfAMessageThatWaits_ExpectsTheHold() =>
        Assert.EndsWith("  expect_error: { code: XRF402, field: sales, outcome: hold }\n", Record(Message("""{"id":1,"sales":"E5"}""")), StringComparison.Ordinal);

    [Fact]
    public void Write_WithIdsAndAnswers_StubsTheOnesAndFillsTheOthers() =>
        Assert.Equal(
            """
            - name: message 1
              # account.owner.name: texts in the place of answers that the journal does not keep
              given:
                id: A
                sales: E5
                account:
                  owner: { name: x }
              variables:
                message: { "no": 7 }
              stubs:
                now: "2024-02-03T04:05:06+00:00"
                xref:
                  user: { E5: U-5 }
              expect: { id: A, owner: x, sales: U-5, "on": "2024-02-03T04:05:06.000Z", line: 7 }

            """.ReplaceLineEndings("\n"),
            Record(Message("""{"id":"A","sales":"E5"}""") with
            {
                Message = """{"no":7}""",
                Unanswered = ["account.owner.name"],
                Xrefs = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["user"] = new Dictionary<string, string> { ["E5"] = "U-5" } },
            }));

    [Fact]
    public void Write_OfARecordOfAFile_KeepsWhatTheFileSaysOnce()
    {
        var findings = new Findings();
        var definition = MappingFile.Read(Mapped.Root("m.yaml", "mapping: c\nversion: 1\nfields:\n  ref: = $file.header.no & seq\n"), findings)!;

        var test = new TestRecorder(definition, Mapped.Context).Write(Message("""{"seq":"1"}""") with { File = """{"header":{"no":"F7"}}""" }, TestStubs.None, out var isRefused, findings);

        Assert.False(isRefused);
        Assert.Equal(
            """
            - name: message 1
              given: { seq: "1" }
              variables:
                file:
                  header: { "no": F7 }
              expect: { ref: F71 }

            """.ReplaceLineEndings("\n"),
            test);
    }

    [Theory]
    [InlineData("""{"a":"true","b":"12","c":"- x","d":"a: b","e":"x #y","f":" z ","g":"q\"\\q","h":"l1\nl2\tt\u0000\u2028","i":"","j":"null","k":"= 1","l":"王芳","m":"&a","n":"*a","o":"🙂","p":"a,b","q":"{x}","r":"it's"}""")]
    [InlineData("""{"true":1,"1":2,"a b":3,"":4,"x:y":5,"no":6}""")]
    [InlineData("""{"n":[1,2.50,-0,1e5,90071992547409931,true,false,null],"e":[],"o":{},"deep":[[1,[2]],[{"a":[{"b":{"c":[{}]}}]}],{}],"t":[{"x":{"y":1}},{"x":[]},"s"]}""")]
    [InlineData("""{"long":"lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua","list":["lorem ipsum dolor sit amet consectetur","adipiscing elit sed do eiusmod tempor","incididunt ut labore et dolore magna"]}""")]
    public void Value_WrittenAsYaml_ReadsBackAsItWas(string json)
    {
        var text = new StringBuilder();
        YamlValue.Member(text, 0, "given", Read(json));
        var builder = new TapeBuilder();
        builder.Reset(default, positions: true);

        new YamlRecord(builder, textOnly: false).Write(((YamlMapping)Mapped.Root("x.yaml", text.ToString()))["given"]!);

        Assert.Equal(Read(json).ToString(), Value.FromTape(builder.Build(), 0).ToString());
    }

    [Theory]
    [InlineData(null, "tests_for: c\ntests:\n  - name: a\n    given: {}\n", 3)]
    [InlineData("tests_for: c   # mine\ntests:\n\n# the first\n- name: b\n  given: 1   # one\n# the end\n", "tests_for: c   # mine\ntests:\n\n# the first\n- name: b\n  given: 1   # one\n# the end\n- name: a\n  given: {}\n", 8)]
    [InlineData("tests_for: c\ntests:\n    - name: b\n      given: 1\n\n# stubs\nstubs: {}\n", "tests_for: c\ntests:\n    - name: b\n      given: 1\n    - name: a\n      given: {}\n\n# stubs\nstubs: {}\n", 5)]
    public void Append_KeepsWhatIsThere(string? before, string after, int at)
    {
        var findings = new Findings();

        var text = TestFileText.Append(before, "c.test.yaml", "c", "- name: a\n  given: {}\n", out var line, findings);

        Assert.Equal((after, at), (text, line));
        Assert.Empty(findings);
    }

    [Theory]
    [InlineData("tests_for: c\ntests: [ { name: b, given: 1 } ]\n", "c.test.yaml:2:8: error TST550: the tests of this file are not a list with dashes, so none can be added")]
    [InlineData("tests_for: c\n", "c.test.yaml: error TST550: the tests of this file are not a list with dashes, so none can be added")]
    [InlineData("tests_for: &c c\n", "c.test.yaml:1:12: error YML114: anchors (&) are not part of the hub's YAML")]
    public void Append_ToAnotherForm_IsRefused(string before, string finding)
    {
        var findings = new Findings();

        Assert.Null(TestFileText.Append(before, "c.test.yaml", "c", "- name: a\n", out _, findings));
        Assert.Equal([finding], findings.Select(f => f.ToString()));
    }

    private static RecordedMessage Message(string record) =>
        new("message 1", record, null, null, new DateTimeOffset(2024, 2, 3, 4, 5, 6, TimeSpan.Zero), new Dictionary<string, IReadOnlyDictionary<string, string>>(), [], null);

    private static string Record(RecordedMessage message)
    {
        var findings = new Findings();
        var definition = MappingFile.Read(Mapped.Root("m.yaml", Mapping), findings)!;
        var test = new TestRecorder(definition, Mapped.Context).Write(message, TestStubs.None, out _, findings);
        Assert.Equal([], findings.Select(finding => finding.ToString()));

        var text = TestFileText.Append(null, "m.test.yaml", "c", test!, out _, findings);
        Assert.Equal("passed", Tested.Run(Mapping, text!));
        return test!;
    }

    private static Value Read(string json)
    {
        var builder = new TapeBuilder();
        Assert.True(JsonTapeReader.TryRead(Encoding.UTF8.GetBytes(json), builder, ReaderOptions.Default, out _));
        return Value.FromTape(builder.Build(), 0);
    }
}
