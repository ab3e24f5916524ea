using System.Globalization;
using Mappings.Diagnostics;
using Mappings.Yaml;

namespace Mappings.Testing;

/// <summary>Turns checked values into tests. What a shape cannot say (one expectation, names that differ, paths, codes) is checked here.</summary>
internal sealed class TestReader(Findings findings)
{
    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fffzzz", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"];

    private static readonly string[] Expectations = ["expect", "expect_part", "expect_error", "expect_skip"];

    public List<TestCase> Cases(SpecItem tests, TestStubs stubs)
    {
        var names = new Dictionary<string, SourcePosition>(StringComparer.Ordinal);
        var cases = new List<TestCase>();
        foreach (var test in tests.List)
        {
            var value = test.Object;
            var at = value.Position("name");
            if (!names.TryAdd(value.Text("name"), at)) findings.Error("TST503", at, test.Path, ("name", value.Text("name")), ("first", names[value.Text("name")].ToString()));
            if (Case(value, at, stubs, test.Path) is { } read) cases.Add(read);
        }

        return cases;
    }

    public TestStubs Stubs(SpecValue? stubs)
    {
        if (stubs is null) return TestStubs.None;
        return new TestStubs
        {
            Now = Now(stubs),
            Lookups = stubs.Map("lookup").ToDictionary(
                table => table.Key,
                IReadOnlyList<KeyValuePair<string, YamlConstant>> (table) => [.. table.Value.Map.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Constant))],
                StringComparer.Ordinal),
            Xrefs = stubs.Map("xref").ToDictionary(
                entity => entity.Key,
                IReadOnlyDictionary<string, string> (entity) => entity.Value.Map.ToDictionary(id => id.Key, id => id.Value.Constant.Text, StringComparer.Ordinal),
                StringComparer.Ordinal),
        };
    }

    private DateTimeOffset? Now(SpecValue stubs)
    {
        if (stubs.Find("now") is not { } item) return null;
        if (DateTimeOffset.TryParseExact(item.Text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var now)) return now;
        findings.Error("TST511", item.At, item.Path, ("found", item.Text));
        return null;
    }

    private TestCase? Case(SpecValue value, SourcePosition at, TestStubs stubs, string path)
    {
        if (!HasOneExpectation(value, path) || Given(value.Find("given")!) is not { } given) return null;
        var document = value.Find("expect") ?? value.Find("expect_part");
        return new TestCase
        {
            Name = value.Text("name"),
            At = at,
            Given = given,
            Variables = value.Map("variables").ToDictionary(v => v.Key, v => v.Value.Node, StringComparer.Ordinal),
            Stubs = Stubs(value.ObjectOrNull("stubs")).Over(stubs),
            Document = document?.Node,
            IsPart = value.Has("expect_part"),
            Error = value.ObjectOrNull("expect_error") is { } error ? Finding(error) : null,
            IsSkipped = value.Has("expect_skip"),
            Warnings = [.. value.Objects("expect_warning").Select(Finding)],
            IsExact = value.Boolean("exact"),
        };
    }

    private bool HasOneExpectation(SpecValue value, string path)
    {
        string[] given = [.. Expectations.Where(value.Has)];
        if (given.Length == 0) findings.Error("TST504", value.At, path);
        else if (given.Length > 1) findings.Error("TST505", value.Find(given[1])!.KeyAt, path, ("key", given[1]), ("other", given[0]));
        else if (given[0] == "expect_skip" && !value.Boolean("expect_skip")) findings.Error("TST504", value.Find("expect_skip")!.At, path);
        else if (value.Has("expect_warning") && given[0] is "expect_error" or "expect_skip") findings.Error("TST505", value.Find("expect_warning")!.KeyAt, path, ("key", "expect_warning"), ("other", given[0]));
        else return true;
        return false;
    }

    private ExpectedFinding Finding(SpecValue value)
    {
        var code = value.Text("code");
        var known = DiagnosticTexts.Catalog.Language("en").Keys;
        if (!known.Contains(code))
        {
            var near = NameSuggestion.Closest(code, known.Where(key => key.All(char.IsLetterOrDigit)));
            findings.Error("TST507", value.Position("code"), value.Path, ("code", code), ("hint", NameSuggestion.Hint(near)));
        }

        return new ExpectedFinding(code, value.TextOrNull("field"), value.Spec.Field("outcome") is null ? null : value.TextOrNull("outcome"), value.Position("code"));
    }

    /// <summary>With a <c>file</c> the keys are those of the long form; without it the mapping is the record.</summary>
    private TestGiven? Given(SpecItem item)
    {
        if (item.Node is not YamlMapping { } mapping || mapping["file"] is not YamlScalar) return new TestGiven { At = item.At, Record = item.Node };
        if (SpecReader.Read(mapping, TestSpecs.Given, findings, path: item.Path) is not { } given) return null;
        var edits = new RecordEdit(given.At);
        var isFine = true;
        foreach (var (path, value) in given.Map("set")) isFine &= Edit(edits, path, value.KeyAt, value.Path, value.Node);
        foreach (var path in given.List("remove")) isFine &= Edit(edits, path.Text, path.At, path.Path, null);
        var part = given.Find("part") is { } written ? Path(written.Text, written.At, written.Path) : null;
        if (!isFine || (part is null && given.Has("part"))) return null;
        return new TestGiven { At = given.Position("file"), File = given.Text("file"), Number = given.Integer("record"), Edits = edits.IsEmpty ? null : edits, Part = part };
    }

    /// <param name="value">What is set; null to take away what stands there.</param>
    private bool Edit(RecordEdit edits, string text, SourcePosition at, string place, YamlNode? value)
    {
        if (Path(text, at, place) is not { } path) return false;
        if (edits.TryAdd(path, at, value)) return true;
        findings.Error("TST512", at, place, ("path", text));
        return false;
    }

    private RecordPath? Path(string text, SourcePosition at, string place)
    {
        if (RecordPath.TryParse(text, out var path)) return path;
        findings.Error("TST508", at, place, ("found", text));
        return null;
    }
}
