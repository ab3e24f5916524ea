using Mappings.Diagnostics;
using Mappings.Testing;
using Mappings.Yaml;

namespace Hub.Core.Configuration;

/// <summary>
/// The files <c>mappings/NAME.test.yaml</c>. They are no part of what runs: a broken one is told by <c>hub validate</c> and
/// <c>hub test</c>, and holds back neither the start nor a reload.
/// </summary>
public static class TestFiles
{
    /// <summary>Reads all of them.</summary>
    /// <param name="mappings">The names of all mappings, for the finding about a file whose mapping is not there.</param>
    /// <returns>By the mapping's name; without a value what could not be read.</returns>
    public static IReadOnlyDictionary<string, TestFile?> Read(IConfigurationFiles files, IReadOnlyCollection<string> mappings, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(mappings);
        ArgumentNullException.ThrowIfNull(findings);
        var tests = new Dictionary<string, TestFile?>(StringComparer.Ordinal);
        var reader = new NamedFiles(files, findings);
        foreach (var file in files.Files.Values.Where(IsTestFile))
        {
            var name = file.Path[(ConfigurationLayout.Mappings.Length + 1)..^ConfigurationLayout.TestEnding.Length];
            var root = reader.Mapping(file, "tests_for", name);
            var read = root is null ? null : TestFile.Read(root, findings);
            // A mapping whose file is broken is there all the same.
            if (files.Files.ContainsKey($"{ConfigurationLayout.Mappings}/{name}.yaml")) tests.Add(name, read);
            else Unknown(name, root?["tests_for"]?.Position ?? SourcePosition.WholeFile(file.Path), mappings, findings);
        }

        return tests;
    }

    /// <summary>CFG330 for each mapping that has no test at all.</summary>
    internal static void Require(IConfigurationFiles files, IEnumerable<MappingConfig> mappings, Findings findings)
    {
        foreach (var mapping in mappings)
        {
            // What is wrong with a file of tests is told by whoever reads it; here it only counts as no tests.
            var file = files.Files.TryGetValue(ConfigurationLayout.TestFileOf(mapping.Name), out var found) ? YamlFile.Parse(found.Path, found.Content.Span, []) : null;
            if (!HasTests(mapping.Root) && !HasTests(file)) findings.Error("CFG330", mapping.Root["mapping"]!.Position, string.Empty, ("name", mapping.Name));
        }
    }

    private static bool HasTests(YamlNode? root) => root is YamlMapping mapping && mapping["tests"] is YamlSequence { Items.Count: > 0 };

    private static bool IsTestFile(ConfigurationFile file) =>
        file.Path.StartsWith(ConfigurationLayout.Mappings + "/", StringComparison.Ordinal) && file.Path.EndsWith(ConfigurationLayout.TestEnding, StringComparison.Ordinal);

    private static void Unknown(string name, SourcePosition at, IReadOnlyCollection<string> mappings, Findings findings)
    {
        var near = NameSuggestion.Closest(name, mappings);
        findings.Error("TST513", at, string.Empty, ("name", name), ("known", string.Join(", ", mappings.Order(StringComparer.Ordinal))), ("hint", NameSuggestion.Hint(near)));
    }
}
