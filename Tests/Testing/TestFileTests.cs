using Mappings.Testing;
using Mappings.Yaml;

namespace Tests.Testing;

public sealed class TestFileTests
{
    [Fact]
    public void Spec_Examples_AreOfTheirKinds() => Assert.Equal([], SpecExamples.Check(TestFile.Spec).Select(finding => finding.ToString()));

    [Theory]
    [InlineData("given: { id: 1 }", "m.test.yaml:3:5: error TST504: tests[0]: the test does not say what it expects")]
    [InlineData("given: { id: 1 }\n    expect_skip: false", "m.test.yaml:5:18: error TST504: tests[0]: the test does not say what it expects")]
    [InlineData("given: { id: 1 }\n    expect: { code: 1 }\n    expect_error: DAT301", "m.test.yaml:6:5: error TST505: tests[0]: \"expect_error\" cannot stand beside \"expect\"")]
    [InlineData("given: { id: 1 }\n    expect_error: DAT301\n    expect_warning: DAT331", "m.test.yaml:6:5: error TST505: tests[0]: \"expect_warning\" cannot stand beside \"expect_error\"")]
    [InlineData("given: { id: 1 }\n    expect_error: DTA301", "m.test.yaml:5:19: error TST507: tests[0].expect_error: there is no code \"DTA301\"; did you mean \"DAT301\"?")]
    [InlineData("given: { id: 1 }\n    expect_part: { stgae: won }", "m.test.yaml:5:20: error TST506: the mapping has no field \"stgae\"; did you mean \"stage\"?")]
    [InlineData("given: { id: 1 }\n    expect_part: { items: { 0: { totl: 1 } } }", "m.test.yaml:5:34: error TST506: items: the mapping has no field \"totl\"; did you mean \"total\"?")]
    [InlineData("given: { id: 1 }\n    expect_error: { code: DAT301, field: items.totl }", "m.test.yaml:5:27: error TST506: the mapping has no field \"items.totl\"; did you mean \"items.total\"?")]
    [InlineData("given: { id: 1 }\n    variables: { mesage: { id: 2 } }\n    expect_error: DAT301", "m.test.yaml:5:26: error TST510: mappings have no variable \"mesage\"; did you mean \"message\"?")]
    [InlineData("given: { id: 1 }\n    stubs: { lookup: { uon: { PCS: pc } } }\n    expect_error: DAT301", "m.test.yaml:3:11: error TST509: the configuration has no lookup \"uon\"; did you mean \"uom\"?")]
    [InlineData("given: { id: 1 }\n    stubs: { now: yesterday }\n    expect_error: DAT301", "m.test.yaml:5:19: error TST511: tests[0].stubs.now: \"yesterday\" is not a time with an offset")]
    [InlineData("given: { file: a.json, sett: { id: 2 } }\n    expect_error: DAT301", "m.test.yaml:4:28: error YML103: tests[0].given: unknown key \"sett\" in given; did you mean \"set\"?")]
    [InlineData("given: { file: a.json, set: { a..b: 2 } }\n    expect_error: DAT301", "m.test.yaml:4:35: error TST508: tests[0].given.set.a..b: \"a..b\" is not a path in a record")]
    [InlineData("given: { file: a.json, set: { a.b: 2 }, remove: a }\n    expect_error: DAT301", "m.test.yaml:4:53: error TST512: tests[0].given.remove: \"a\", or something around or inside of it, is changed already")]
    [InlineData("given: { file: ../secret.json }\n    expect_error: DAT301", "m.test.yaml:4:20: error YML144: tests[0].given.file: \"../secret.json\" is not a path that can be used")]
    public void Read_OfAWrongTest_SaysWhereAndWhat(string test, string finding) => Assert.Equal(finding, Tested.Contacts($"tests:\n  - name: a\n    {test}\n"));

    [Fact]
    public void Read_OfTwoTestsOfOneName_NamesTheFirst() =>
        Assert.Equal(
            "m.test.yaml:6:11: error TST503: tests[1]: the name \"a\" is used already at m.test.yaml:3:11",
            Tested.Contacts("tests:\n  - name: a\n    given: { id: 1 }\n    expect_error: DAT301\n  - name: a\n    given: { id: 1 }\n    expect_error: DAT301\n"));
}
