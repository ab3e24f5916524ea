using Mappings.Diagnostics;
using Mappings.Mapping;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>The tests of one mapping that stand in one file: <c>mappings/NAME.test.yaml</c>, or the <c>tests</c> of the mapping itself.</summary>
/// <param name="Mapping">The mapping's name.</param>
/// <param name="At">Place of the name, or of the inline tests.</param>
public sealed record TestFile(string Mapping, SourcePosition At, IReadOnlyList<TestCase> Cases)
{
    /// <summary>The stubs of all tests of the file.</summary>
    public TestStubs Stubs { get; init; } = TestStubs.None;

    /// <summary>The keys of a file of tests.</summary>
    public static ObjectSpec Spec => TestSpecs.File;

    /// <summary>Reads a file of tests.</summary>
    /// <returns>The tests, or null when <paramref name="findings"/> received an error.</returns>
    public static TestFile? Read(YamlNode root, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(findings);
        if (SpecReader.Read(root, TestSpecs.File, findings) is not { } file) return null;
        var own = new Findings();
        var reader = new TestReader(own);
        var stubs = reader.Stubs(file.ObjectOrNull("stubs"));
        var cases = reader.Cases(file.Find("tests")!, stubs);
        findings.AddRange(own);
        return own.HasErrors ? null : new TestFile(file.Text("tests_for"), file.Position("tests_for"), cases) { Stubs = stubs };
    }

    /// <summary>Reads the tests that stand in a mapping's own file.</summary>
    /// <returns>The tests; none when the mapping has none; null when <paramref name="findings"/> received an error.</returns>
    public static TestFile? Inline(MappingDefinition definition, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(findings);
        if (definition.Tests is null) return new TestFile(definition.Name, definition.At, []);
        if (SpecReader.ReadItem(definition.Tests, TestSpecs.Inline, "[ { name: no name, given: { id: C8 }, expect_error: DAT301 } ]", findings, path: "tests") is not { } tests) return null;
        var own = new Findings();
        var cases = new TestReader(own).Cases(tests, TestStubs.None);
        findings.AddRange(own);
        return own.HasErrors ? null : new TestFile(definition.Name, tests.At, cases);
    }
}
